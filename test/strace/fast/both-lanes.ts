import { CALLS } from "../../../src/process/calls.ts";
import { FastParser, type Threading } from "../../../src/strace/fast/fast-parser.ts";
import type { WasmModule } from "../../../src/strace/fast/web-assembly.ts";
import { StraceParser, type StraceParserOptions } from "../../../src/strace/parser.ts";
import { EagerScan } from "./eager-scan.ts";
import { Notes } from "./notes.ts";

const EAGER: Threading = {
  after: 0,
  leastChunk: 1000,
  start: (scanner) => new EagerScan(scanner),
};

/**
 * What both lanes say of a log, event by event, and the counts at the end; `ahead` is the fast one that scans ahead.
 * `pid` is that of the lines that carry none.
 */
export function readByBoth(
  module: WasmModule,
  log: Uint8Array,
  pieces: number = 1 << 16,
  pid: number | null = null,
): Readonly<Record<"careful" | "fast" | "ahead", readonly string[]>> {
  const notesOf = (parserFor: (options: StraceParserOptions) => StraceParser | FastParser) => {
    const notes = new Notes();
    const parser = parserFor({ signatures: CALLS, sink: notes, pid });
    for (let at = 0; at < log.length; at += pieces) parser.write(log.slice(at, at + pieces));
    parser.end();
    return [...notes.events, JSON.stringify(parser.counts)];
  };
  return {
    careful: notesOf((options) => new StraceParser(options)),
    fast: notesOf((options) => new FastParser(module, options)),
    ahead: notesOf((options) => new FastParser(module, { ...options, threading: EAGER })),
  };
}
