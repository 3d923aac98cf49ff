import type { LineNumbers } from "../model/line-numbers.ts";
import type { Signature } from "../model/syscall.ts";
import type { SyscallSink } from "../model/syscall-sink.ts";
import type { TraceCounts } from "../model/trace-counts.ts";
import type { ReadOptions } from "../model/trace-source.ts";

/** A parser that is fed with the bytes of one log: the strace stage's, handed in by who wires the stages. */
export interface TraceParser {
  readonly counts: TraceCounts;
  /** Seconds of the first stamp, null without; `fine` when stamps have fractions. */
  readonly times: {
    readonly first: number | null;
    readonly fine: boolean;
  };
  /** Where it wants the bytes, if it has memory for them. */
  readonly room?: () => Uint8Array;
  write(chunk: Uint8Array): void;
  /** Tells of all whole lines that were written, where it held some back for speed. */
  catchUp?(): void;
  end(): void;
  /** Lets go of what only one log at a time can have; to be called whether the log ended or was left. */
  close?(): void;
}

/** What a parser must know of a log beforehand. */
export interface LogOrigin {
  /** Pid of the lines that carry none; null when only the log can tell. */
  readonly pid: number | null;
  /** Of a log that was put together from the files of a `strace -ff` set: where its lines stood. */
  readonly numbers?: LineNumbers | undefined;
}

/** Makes the parser for one log. */
export type ParserFactory = (
  sink: SyscallSink,
  origin: LogOrigin,
  signatures: ReadonlyMap<string, Signature>,
) => TraceParser;

/** How a trace is read. */
export interface Reading {
  readonly parserFor: ParserFactory;
  readonly signatures: ReadonlyMap<string, Signature>;
  /** Awaited after each chunk; ends the reading when it answers false. */
  readonly pause?: () => Promise<boolean>;
  readonly options?: ReadOptions;
  /** Somebody watches: of a log that grows, nothing waits longer than a second for what later lines tell. */
  readonly isWatched?: boolean;
}
