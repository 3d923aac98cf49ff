import type { SyscallSink } from "../../../src/model/syscall-sink.ts";
import { CALLS } from "../../../src/process/calls.ts";
import { FastParser, type Threading } from "../../../src/strace/fast/fast-parser.ts";
import type { WasmModule } from "../../../src/strace/fast/web-assembly.ts";
import { StraceParser } from "../../../src/strace/parser.ts";
import { EagerScan } from "./eager-scan.ts";
import { Notes } from "./notes.ts";

const EAGER: Threading = {
  after: 0,
  leastChunk: 0,
  start: (scanner) => new EagerScan(scanner),
};

/** What both lanes say of a log, event by event, and the counts at the end; `ahead` is the fast one that scans ahead. */
export function readByBoth(
  module: WasmModule,
  log: Uint8Array,
  pieces: number = 1 << 16,
): Readonly<Record<"careful" | "fast" | "ahead", readonly string[]>> {
  return {
    careful: notesOf((sink) => new StraceParser({ signatures: CALLS, sink }), log, pieces),
    fast: notesOf((sink) => new FastParser(module, { signatures: CALLS, sink }), log, pieces),
    ahead: notesOf(
      (sink) => new FastParser(module, { signatures: CALLS, sink, threading: EAGER }),
      log,
      pieces,
    ),
  };
}

function notesOf(
  parserFor: (sink: SyscallSink) => StraceParser | FastParser,
  log: Uint8Array,
  pieces: number,
): readonly string[] {
  const notes = new Notes();
  const parser = parserFor(notes);
  for (let at = 0; at < log.length; at += pieces) parser.write(log.slice(at, at + pieces));
  parser.end();
  return [...notes.events, JSON.stringify(parser.counts)];
}
