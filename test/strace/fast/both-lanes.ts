import { isTelling } from "../../../src/model/content.ts";
import type { Syscall } from "../../../src/model/syscall.ts";
import type { SyscallSink } from "../../../src/model/syscall-sink.ts";
import { CALLS } from "../../../src/process/calls.ts";
import { FastParser } from "../../../src/strace/fast/fast-parser.ts";
import type { WasmModule } from "../../../src/strace/fast/web-assembly.ts";
import { StraceParser } from "../../../src/strace/parser.ts";

/** Writes down what a lane tells, each event as a line of text, so that two lanes can be compared. */
class Notes implements SyscallSink {
  readonly events: string[] = [];

  behind(): SyscallSink {
    return this;
  }
  entered(call: Syscall): void {
    this.#note("entered", textOf(call));
  }
  finished(call: Syscall): void {
    this.#note("finished", textOf(call));
  }
  exited(...said: unknown[]): void {
    this.#note("exited", said);
  }
  killed(...said: unknown[]): void {
    this.#note("killed", said);
  }
  superseded(...said: unknown[]): void {
    this.#note("superseded", said);
  }
  attached(...said: unknown[]): void {
    this.#note("attached", said);
  }
  detached(...said: unknown[]): void {
    this.#note("detached", said);
  }
  lost(...said: unknown[]): void {
    this.#note("lost", said);
  }
  #note(what: string, said: unknown): void {
    this.events.push(`${what} ${JSON.stringify(said)}`);
  }
}

/** What the process stage can see of a call. Times are told by the careful lane alone, and used for -ff sets alone. */
function textOf(call: Syscall): unknown {
  const { line, endLine, pid, endPid, name, dirfd, path, dirfd2, path2, target, fd, flags } = call;
  const { argv, env, envCount, out, size, made, result, errno, resultPath, resultPid } = call;
  const { injected, restarted, pending, text, content } = call;
  const told = content !== undefined && isTelling(name, content.bytes) ? content : null;
  return {
    ...{ line, endLine, pid, endPid, name, dirfd, path, dirfd2, path2, target, fd, flags },
    ...{ argv, env, envCount, out, size, made, result, errno, resultPath, resultPid },
    ...{ injected, restarted, pending, text, told },
    args:
      content === undefined ? call.args.map((one) => one.replace(/0x[0-9a-f]{9,}/g, "0x")) : null,
  };
}

/** What both lanes say of a log, and how many events the fast lane did not leave to the careful one. */
export function readByBoth(
  module: WasmModule,
  log: Uint8Array,
  pieces: number = 1 << 16,
): { readonly careful: readonly string[]; readonly fast: readonly string[] } {
  return {
    careful: notesOf((sink) => new StraceParser({ signatures: CALLS, sink }), log, pieces),
    fast: notesOf((sink) => new FastParser(module, { signatures: CALLS, sink }), log, pieces),
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
