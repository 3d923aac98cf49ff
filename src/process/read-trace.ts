import type { Signature } from "../model/syscall.ts";
import type { SyscallSink } from "../model/syscall-sink.ts";
import type { ReadOptions, TraceSource } from "../model/trace-source.ts";

/** A parser that is fed with the bytes of one log: the strace stage's, handed in by who wires the stages. */
export interface TraceParser {
  write(chunk: Uint8Array): void;
  end(): void;
}

/** Makes the parser for one log. */
export type ParserFactory = (
  sink: SyscallSink,
  source: TraceSource,
  signatures: ReadonlyMap<string, Signature>,
) => TraceParser;

/** Reads one log to its end, or to where `options.signal` stops it. */
export async function readTrace(
  source: TraceSource,
  parser: TraceParser,
  options: ReadOptions = {},
): Promise<void> {
  for await (const chunk of source.open(options)) parser.write(chunk);
  parser.end();
}
