import type { ByteString } from "./byte-string.ts";
import type { PathId } from "./path-table.ts";
import type { Syscall } from "./syscall.ts";

/**
 * Receives what a trace says, in the order of the log. Pids are null where the log does not show
 * them. A call comes as one `finished`; where the log splits it, as `entered` and later `finished`
 * with the same `line`. Each `entered` gets its `finished`, at the latest when the log ends.
 */
export interface SyscallSink {
  /** First half of a call: arguments as far as they were printed, no result. */
  entered(call: Syscall): void;
  finished(call: Syscall): void;
  /** `+++ exited with STATUS +++` */
  exited(pid: number | null, status: number | null, line: number): void;
  /** `+++ killed by SIGNAL +++` */
  killed(pid: number | null, line: number): void;
  /** An exec by the thread `by` ended the other threads of process `pid`, and took that pid. */
  superseded(pid: number | null, by: number, line: number): void;
  /** strace says that it now traces `pid`. */
  attached(pid: number, line: number): void;
  /** strace let go of `pid`, which lives on unseen. */
  detached(pid: number, line: number): void;
  /**
   * The second half of `name` stands there without a first one: lines of `pid` are missing, and what
   * was known of its folder and descriptors may be out of date.
   */
  lost(pid: number | null, name: string, result: number | null, line: number): void;
  /**
   * Where calls of `pid`, the first of them in this line, may go directly until the next event, but no forks; null when
   * they must come through here. That sink is done with a call when it returns, so that the same object can be used again.
   */
  behind?(pid: number, line: number): RepeatSink | null;
  /** A call that went behind has ended `pid`, which may come again as another process. */
  left?(pid: number): void;
}

/** How many numbers a {@link RepeatSink} notes of one text. */
export const NOTES = 8;

/** Of a call's first half: it must be told. */
export const UNTOLD = -1;
/** Of a call: it began and ended in one line. */
export const WHOLE = -1;

/** How a call ended that comes again: with the path behind its result, or with an error, or never. */
export const ENDED = { unreturned: -3, missing: -2, failed: -1, done: 0 } as const;

/** What a {@link RepeatSink} says is left of a spent call is a number below this one. */
export const MOST_REMAINDERS = 128;

/** A call in numbers: one object for all that come. */
export interface RepeatedCall {
  /** What was noted of it, from `notes[at]` on. */
  readonly notes: Int32Array;
  readonly at: number;
  readonly result: number;
  /** As {@link ENDED} says, or the number of the path behind its result. */
  readonly ended: number;
  /** What `began` returned, {@link WHOLE} for a call in one line. */
  readonly place: number;
  readonly line: number;
  /** Its line, cut out of the log when it is asked for. */
  readonly text: ByteString;
}

/**
 * A sink that takes calls by what it noted of their text: a few numbers, where an object for each call was measured
 * to cost ten times as much.
 */
export interface RepeatSink extends SyscallSink {
  /** All that comes until the next turn is of `pid`. */
  turnTo(pid: number): void;
  /** Notes what a call means, whoever makes it and whatever it returns, from `notes[at]` on; 0 there: it must come in full. */
  note(call: Syscall, notes: Int32Array, at: number): void;
  /**
   * Notes a call whose text differs in its only string, `path`, from the one that has its notes from `notes[like]` on.
   * False, and nothing done, when the string is no path after all.
   */
  noteLike(path: ByteString, notes: Int32Array, like: number, at: number): boolean;
  /** The same for the first half of a call, which is all that `call` shows. */
  noteHalf(call: Syscall, notes: Int32Array, at: number): void;
  /**
   * A call of the current pid began whose first half has these notes. Returns what it depends on from this moment
   * on, the path of its folder or of its descriptor; {@link UNTOLD}, and nothing done, when it must be entered in full.
   */
  began(notes: Int32Array, at: number): PathId;
  /** A call of `pid` that `began` in this line comes in full after all; `half` is what it showed, `place` what was returned then. */
  inside(half: Syscall, pid: number, line: number, place: PathId): void;
  /** The number of a path that stood behind a result. */
  pathId(path: ByteString): number;
  /** A call of the current pid returned. False, and nothing done, when it must come in full this time. */
  repeated(call: RepeatedCall): boolean;
  /**
   * Asked of the call that was repeated just now. Not 0 for one that is spent: it may come again with the same text and
   * the same end, whoever makes it, and nothing is left to be done but what this number says.
   */
  remainderOf(call: RepeatedCall): number;
  /** A spent call of the current pid came again, with these notes. False, and nothing done, when it must be repeated this time. */
  spent(remainder: number, notes: Int32Array, at: number): boolean;
}
