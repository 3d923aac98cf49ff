import { OPEN_FLAG } from "../model/access.ts";
import type { Syscall } from "../model/syscall.ts";

/** Bits of clone(2) and unshare(2) that decide what is shared. */
export const CLONE = {
  fs: 0x200,
  files: 0x400,
  thread: 0x10000,
  newNamespace: 0x20000,
} as const;

const CLONE_NAMES: readonly (readonly [string, number])[] = [
  ["CLONE_FS", CLONE.fs],
  ["CLONE_FILES", CLONE.files],
  ["CLONE_THREAD", CLONE.thread],
  ["CLONE_NEWNS", CLONE.newNamespace],
];

/** The call that was asked about last: each is asked about several times, and its arguments are found anew. */
let asked: { readonly call: Syscall; readonly flags: number | null } | null = null;

/** The {@link CLONE} bits of a fork-like call; null when the log does not show its flags. */
export function cloneFlags(call: Syscall): number | null {
  if (call.name === "fork" || call.name === "vfork") return 0;
  if (asked?.call !== call) asked = { call, flags: readCloneFlags(call) };
  return asked.flags;
}

function readCloneFlags(call: Syscall): number | null {
  const text = call.args.join(" ");
  const raw = /flags=(0x[0-9a-f]+)/.exec(text)?.[1];
  if (raw !== undefined) return Number(raw);
  if (!text.includes("flags=")) return rawClone(call);
  return bitsOf(text.slice(text.indexOf("flags=")), CLONE_NAMES);
}

/** The {@link CLONE} bits of an argument of unshare or setns. */
export function namespaceFlags(text: string): number {
  return bitsOf(text, CLONE_NAMES);
}

/** The bits of an argument of flags, by name or, with `-e raw`, as they are. */
export function bitsOf(text: string, names: readonly (readonly [string, number])[]): number {
  const raw = /^0x[0-9a-f]+/.exec(text)?.[0];
  if (raw !== undefined) return Number(raw);
  return names.reduce((bits, [name, bit]) => (text.includes(name) ? bits | bit : bits), 0);
}

/** `clone(0x1200011, 0, ...)` of -e raw: flags come first on all machines but s390 and cris. */
function rawClone(call: Syscall): number | null {
  const first = call.args[0];
  if (call.name !== "clone" || first === undefined || !/^0x[0-9a-f]+$/.test(first)) return null;
  return call.args.length > 1 ? Number(first) : null;
}

const OPEN_NAMES: readonly (readonly [string, number, number])[] = [
  ["O_CLOEXEC", 0o2000000, OPEN_FLAG.cloexec],
  ["O_NOCTTY", 0o400, OPEN_FLAG.noctty],
  ["O_CREAT", 0o100, OPEN_FLAG.create],
  ["O_TRUNC", 0o1000, OPEN_FLAG.truncate],
  ["O_APPEND", 0o2000, OPEN_FLAG.append],
  ["O_DIRECTORY", 0o200000, OPEN_FLAG.directory],
  ["O_PATH", 0o10000000, OPEN_FLAG.pathOnly],
  ["O_TMPFILE", 0o20200000, OPEN_FLAG.tmpfile],
];

/** What the flags of an open say. */
export interface OpenMode {
  /** OPEN_FLAG bits. */
  readonly bits: number;
  readonly writes: boolean;
  /** openat2's RESOLVE_IN_ROOT: an absolute path begins at the folder descriptor. */
  readonly inRoot: boolean;
}

const modes = new Map<string, OpenMode>();
const MOST_MODES = 4096;

/** Reads the flags of an open as strace prints them: names, a number (-X raw), or both (-X verbose). */
export function openMode(text: string): OpenMode {
  const known = modes.get(text);
  if (known) return known;
  const mode = readMode(text);
  // Flags come in a few dozen spellings; a hostile log may have any number.
  if (modes.size < MOST_MODES) modes.set(text, mode);
  return mode;
}

const RESOLVE_IN_ROOT = 0x10;

function readMode(text: string): OpenMode {
  const inRoot =
    text.includes("RESOLVE_IN_ROOT") ||
    (Number(/resolve=(0x[0-9a-f]+)/.exec(text)?.[1] ?? 0) & RESOLVE_IN_ROOT) !== 0;
  const number = /(?:^|flags=)(0x[0-9a-f]+|\d+)/.exec(text)?.[1];
  const named = /O_[A-Z]/.test(text);
  const value = named || number === undefined ? 0 : Number(number);
  const has = (name: string, mask: number): boolean =>
    named ? text.includes(name) : (value & mask) === mask;
  let bits = 0;
  for (const [name, mask, bit] of OPEN_NAMES) if (has(name, mask)) bits |= bit;
  if (bits & OPEN_FLAG.tmpfile) bits &= ~OPEN_FLAG.directory;
  const readWrite = named ? text.includes("O_RDWR") : (value & 3) === 2;
  const writeOnly = named ? text.includes("O_WRONLY") : (value & 3) === 1;
  if (readWrite) bits |= OPEN_FLAG.readWrite;
  return { bits, writes: readWrite || writeOnly, inRoot };
}

const AT_EMPTY_PATH = 0x1000;

/** True when flags let an empty path stand for the folder descriptor itself. */
export function allowsEmptyPath(text: string | undefined): boolean {
  if (text === undefined) return false;
  if (text.includes("AT_EMPTY_PATH")) return true;
  const raw = /^(?:0x[0-9a-f]+|\d+)/.exec(text)?.[0];
  return raw !== undefined && (Number(raw) & AT_EMPTY_PATH) !== 0;
}
