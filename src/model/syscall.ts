import type { ByteString } from "./byte-string.ts";

/**
 * Which argument of a call holds what, by position from 0. The parser decodes these and no others;
 * the table of all signatures is `process/calls.ts`.
 */
export interface Signature {
  /** Folder descriptor that a relative `path` is seen from. */
  readonly dirfd?: number;
  readonly path?: number;
  /** Folder descriptor for `path2`. */
  readonly dirfd2?: number;
  readonly path2?: number;
  /** Text of a symlink: bytes that are stored, never resolved against the caller's folder. */
  readonly target?: number;
  /** Descriptor that the call works on. */
  readonly fd?: number;
  /** Flags, mode or command, kept as text. */
  readonly flags?: number;
  readonly argv?: number;
  readonly env?: number;
  /** Buffer that the call fills with a path: readlink, getcwd. */
  readonly out?: number;
  /** Buffer of file content: read, write. */
  readonly content?: number;
  /** Socket address of connect: a unix socket's is decoded as `path`. */
  readonly address?: number;
  /** Size of that buffer. */
  readonly size?: number;
  /** Array of descriptors that the call makes: pipe, socketpair. */
  readonly made?: number;
}

/** A string argument. */
export interface StringArgument {
  readonly bytes: ByteString;
  /** True when strace cut it (`"abc"...`): `bytes` is then a prefix. */
  readonly truncated: boolean;
}

/** A descriptor argument, with what `-y` says of it. */
export interface FdArgument {
  /** The number; `"cwd"` for AT_FDCWD; null when unreadable. */
  readonly fd: number | "cwd" | null;
  /** Absolute path from a `<...>` annotation; null when there is none, or when it is not a path or uncertain. */
  readonly path: ByteString | null;
  /** True when an annotation stood there, whatever it said. */
  readonly annotated: boolean;
}

/** An argument list or environment. */
export interface ListArgument {
  readonly items: readonly StringArgument[];
  /** True when strace left elements out (`, ...`). */
  readonly truncated: boolean;
}

/** One system call of the log, both halves joined. */
export interface Syscall {
  /** Line of the log where the call began, from 1. */
  readonly line: number;
  /** Line where its result stood; equal to `line` unless it was unfinished and resumed. */
  readonly endLine: number;
  /** Null where the log cannot tell. */
  readonly pid: number | null;
  /** The pid that the result line had, where it differs: an exec by a thread ends under the leader's pid. */
  readonly endPid: number | null;
  /** As strace names it. */
  readonly name: string;
  /** Seconds, from -t, -tt or -ttt; null without. Only differences mean something. */
  readonly time: number | null;
  readonly dirfd?: FdArgument | undefined;
  readonly path?: StringArgument | undefined;
  readonly dirfd2?: FdArgument | undefined;
  readonly path2?: StringArgument | undefined;
  readonly target?: StringArgument | undefined;
  readonly fd?: FdArgument | undefined;
  readonly flags?: string | undefined;
  readonly argv?: ListArgument | undefined;
  /** Environment as `NAME=value` strings (with -v). */
  readonly env?: ListArgument | undefined;
  /** The number in `/* 35 vars *\/` where the environment itself is not shown. */
  readonly envCount?: number | undefined;
  readonly out?: StringArgument | undefined;
  readonly content?: StringArgument | undefined;
  /** The other end of a connect: `1.2.3.4:443`, `[::1]:443`. */
  readonly address?: string | undefined;
  /** Bytes that the tracee asked for: what ld.so reads first is 832 long. */
  readonly size?: number | undefined;
  readonly made?: readonly FdArgument[] | undefined;
  /** All arguments, as written (without `-N` names), for effects that need a rare one. */
  readonly args: readonly ByteString[];
  /** Number returned; null for `?`, cut and unfinished calls. */
  readonly result: number | null;
  /** The E-name of a failure; null without. */
  readonly errno: string | null;
  /** Absolute path that `-y` shows behind the result: where the kernel really arrived. */
  readonly resultPath: ByteString | null;
  /** Pid of the result as strace's own namespace knows it (`= 3 /* 123 in strace's PID NS *\/`). */
  readonly resultPid: number | null;
  /** The result was made up by `-e inject`: the call did not happen. */
  readonly injected: boolean;
  /** `= ? ERESTART...`: the call did not happen now, and usually comes again. */
  readonly restarted: boolean;
  /** Never finished in this log: the outcome is unknown. */
  readonly pending: boolean;
  /** The line as logged, for evidence; the first one, where the log splits the call. */
  readonly text: ByteString;
  /**
   * Slot for the process stage, null at first, where one object is told again and again (see `strace/fast`):
   * what it worked out of the call's text. Absent from calls that are told once.
   */
  memo?: unknown;
}
