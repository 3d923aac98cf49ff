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
   * Where calls of `pid` other than forks may go directly until the next event; null when they must come
   * through here. That sink is done with a call when it returns, so that the same object can be used again.
   */
  behind?(pid: number): SyscallSink | null;
  /**
   * What became of the call that has just finished: `stale` when it would change nothing and tell nothing if it
   * came again with the same result, from a pid that `ignores` is true of. `stale-open` ones are counted.
   */
  staleness?(): "fresh" | "stale" | "stale-open";
  ignores?(pid: number): boolean;
  /** So many stale opens were not told. */
  passedOver?(opens: number): void;
}
