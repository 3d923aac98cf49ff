import type { ByteString } from "./byte-string.ts";
import type { PathId } from "./path-table.ts";

/**
 * One process as one program: a new one with each exec, since everything that matters (program,
 * arguments, environment, side) changes there. Threads share their process's.
 */
export interface Tracee {
  /** Null where the log has no pids. */
  readonly pid: number | null;
  /** 0 until the first exec that the log shows, then 1, 2 ... */
  readonly generation: number;
  /**
   * Who it came from: the same pid's previous generation after an exec, the forking tracee after a fork,
   * null when the log does not say.
   */
  readonly parent: Tracee | null;
  readonly born: "exec" | "fork" | "unknown";
  /** Path of the program that runs, resolved, as seen from its root; inherited by fork; null when no exec was seen. */
  readonly program: ByteString | null;
  /** Null when no exec was seen or its arguments were unreadable. Inherited by fork. */
  readonly argv: readonly ByteString[] | null;
  /** True when strace cut an argument or left some out (short -s). */
  readonly argvTruncated: boolean;
  readonly environment: Environment | null;
  /** Line of the log where this generation began. */
  readonly line: number;
  /** Working folder now; 0 when unknown. Changes as the trace goes on. */
  cwd: PathId;
  /** What `/` means to it now; 0 when unknown. */
  readonly root: PathId;
  /** Slot for the context stage, which keeps its own state per tracee here instead of in a Map (a look-up per call was seen to cost 4 ns). */
  context: unknown;
}

/** The environment at an exec, as far as the log shows it. */
export interface Environment {
  /** Watched variables only (`context/names/variables.ts`): others are secrets that nobody needs. Null without -v. */
  readonly variables: ReadonlyMap<ByteString, ByteString> | null;
  /** Those of which `strace -s` left a beginning. */
  readonly cut: ReadonlySet<ByteString>;
  /** How many variables there were; null when unknown. */
  readonly count: number | null;
}
