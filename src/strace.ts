import type { Signature, Syscall } from "./model/syscall.ts";
import type { SyscallSink } from "./model/syscall-sink.ts";
import { CALLS } from "./process/calls.ts";
import { StraceParser } from "./strace/parser.ts";

export type { ByteString } from "./model/byte-string.ts";
export type {
  FdArgument,
  ListArgument,
  Signature,
  StringArgument,
  Syscall,
} from "./model/syscall.ts";
export type { SyscallSink } from "./model/syscall-sink.ts";
export type { TraceCounts } from "./model/trace-counts.ts";
export type { StraceParserOptions } from "./strace/parser.ts";
export { StraceParser };

/** What the arguments of each call are that hostbleed reads, by the name that strace prints. */
export const SIGNATURES: ReadonlyMap<string, Signature> = CALLS;

/** What {@link parseStrace} can be told. */
export interface ParseStraceOptions {
  /** The calls to read; default {@link SIGNATURES}. */
  readonly signatures?: ReadonlyMap<string, Signature>;
  /** Pid of lines that carry none: those of a file of a `strace -ff` set. */
  readonly pid?: number | null;
}

/**
 * The calls of a strace log, both halves joined, in the order in which they ended. They come in batches, one
 * for each chunk of the source that ended any: an await for each line would take several times longer.
 */
export async function* parseStrace(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { signatures = SIGNATURES, pid = null }: ParseStraceOptions = {},
): AsyncGenerator<Syscall[]> {
  let batch: Syscall[] = [];
  const take = (): Syscall[] => {
    const taken = batch;
    batch = [];
    return taken;
  };
  const sink = callsOnly((call) => batch.push(call));
  const parser = new StraceParser({ signatures, pid, sink });
  for await (const chunk of source) {
    parser.write(chunk);
    if (batch.length > 0) yield take();
  }
  parser.end();
  if (batch.length > 0) yield take();
}

function callsOnly(finished: (call: Syscall) => void): SyscallSink {
  const nothing = (): void => {};
  return {
    entered: nothing,
    finished,
    exited: nothing,
    killed: nothing,
    superseded: nothing,
    attached: nothing,
    detached: nothing,
    lost: nothing,
  };
}
