import type { ByteString } from "./byte-string.ts";
import type { PathId } from "./path-table.ts";
import type { Syscall } from "./syscall.ts";
import type { Tracee } from "./tracee.ts";

/** What was done with a path. `probe` is stat, access and the like; `list` an open of a folder; `mount` puts something there. */
export type AccessKind =
  | "read"
  | "write"
  | "list"
  | "execute"
  | "probe"
  | "readlink"
  | "rename"
  | "link"
  | "symlink"
  | "remove"
  | "mkdir"
  | "mount"
  | "enter"
  | "connect";

/** `missing` is ENOENT, `failed` any other error. */
export type Outcome = "done" | "missing" | "failed" | "unknown";

/** For whom an access adds nothing when it comes again: everybody, most, nobody. */
export type Spent = "always" | "mostly" | "never";

/** Bits of {@link Access.openFlags}. */
export const OPEN_FLAG = {
  cloexec: 1,
  noctty: 2,
  create: 4,
  truncate: 8,
  append: 16,
  directory: 32,
  readWrite: 64,
  pathOnly: 128,
  tmpfile: 256,
} as const;

/** One thing that a tracee did with one path. Valid during the call that hands it over: copy what you keep. */
export interface Access {
  readonly tracee: Tracee;
  readonly kind: AccessKind;
  readonly outcome: Outcome;
  /** Absolute, `.` and `..` collapsed by text; {@link UNKNOWN_PATH} when it can't be known. For rename and link: the old name. */
  readonly path: PathId;
  /** Where the kernel arrived, symlinks followed, from `-y` on the result; UNKNOWN_PATH without. */
  readonly real: PathId;
  /** As the tracee wrote it; UNKNOWN_PATH when the log does not hold it. */
  readonly requested: PathId;
  /** New name of a rename or link, place of a symlink; else UNKNOWN_PATH. */
  readonly to: PathId;
  /** Text of a symlink, as written, for `symlink` and a successful `readlink`; what a `mount` put there; else null. */
  readonly target: ByteString | null;
  /** {@link OPEN_FLAG} bits, for opens. */
  readonly openFlags: number;
  /** Descriptor that an open returned; -1 otherwise. */
  readonly fd: number;
  readonly line: number;
}

/** File content that passed through read or write, as far as `-s` let it. */
export interface Transfer {
  readonly tracee: Tracee;
  readonly direction: "read" | "write";
  readonly fd: number;
  /** What the descriptor is open on; UNKNOWN_PATH for pipes and unknown ones. */
  readonly path: PathId;
  readonly content: ByteString;
  readonly truncated: boolean;
  /** Size the tracee asked for, null when unreadable: ld.so asks for 832 bytes. */
  readonly size: number | null;
  readonly line: number;
}

/** A file mapped into memory. */
export interface Mapping {
  readonly tracee: Tracee;
  readonly fd: number;
  readonly path: PathId;
  /** MAP_DENYWRITE: the dynamic loader's mark in glibc. */
  readonly denyWrite: boolean;
  readonly executable: boolean;
  readonly line: number;
}

/** What the process stage tells, in the order of the log. */
export interface ProcessListener {
  /** A new generation: after a fork, an exec, or at the first line of an unknown pid. */
  started?(tracee: Tracee): void;
  accessed?(access: Access): void;
  transferred?(transfer: Transfer): void;
  mapped?(mapping: Mapping): void;
  /**
   * Every call of the table `process/calls.ts`, with its pid (null: could be any of several), the path that it
   * names or whose descriptor it works on, and its second path.
   */
  called?(call: Syscall, pid: number | null, path: PathId, to: PathId): void;
  /** False when no mapping (`maps`), or else no write without telling content, of this tracee could matter now. */
  awaits?(tracee: Tracee, maps: boolean): boolean;
  /** A number for all that there is to know of telling content that is read; null when each such read must be told. */
  gist?(content: ByteString, size: number | null): number | null;
  /** Takes note of a read of content with this gist; false, and nothing done, when it must be told after all. */
  recognized?(tracee: Tracee, path: PathId, gist: number): boolean;
  /** For which tracees it adds nothing that this access comes again, but that it was made. */
  isSpent?(access: Access): Spent;
  /**
   * A spent access of this kind was made by `tracee`, to this `path` if it is spent for most of them only, else to
   * {@link UNKNOWN_PATH}. False, and nothing done, when it must be told after all.
   */
  accessedAgain?(tracee: Tracee, kind: AccessKind, path: PathId): boolean;
  /** The last thread of a tracee is gone, or an exec replaced it (`status` null). */
  ended?(tracee: Tracee, status: number | null, line: number): void;
  /** So many tracees that had not ended were forgotten: the log shows no ends, and more live than can. */
  forgotten?(tracees: number): void;
}
