import { type AccessKind, OPEN_FLAG } from "../model/access.ts";
import type { ByteString } from "../model/byte-string.ts";
import { isTelling } from "../model/content.ts";
import type { FdArgument, Syscall } from "../model/syscall.ts";
import type { CallRow, Effect } from "./calls.ts";
import { copiesCloseOnExec, fcntlCommand, setsCloseOnExec, type World } from "./effects.ts";
import { allowsEmptyPath } from "./flags.ts";
import type { CallMemo } from "./memo.ts";
import { showsContent } from "./telling.ts";

/** What is to be done when a call with this text returns. */
export const DO = {
  /** Everything: the call must come in full. */
  all: 0,
  nothing: 1,
  /** Nothing, unless the listener waits for what the tracee writes and copies. */
  pass: 2,
  open: 3,
  look: 4,
  close: 5,
  make: 6,
  makeTwo: 7,
  duplicate: 8,
  closeOnExec: 9,
  /** Nothing, unless the listener waits for what the tracee loads. */
  map: 10,
  /** Has the listener recognize content that is read. */
  read: 11,
  exit: 12,
} as const;

/** The numbers that are noted of a text; {@link NOTES} is how many. */
export const NOTE = {
  do: 0,
  /** Path as written, and where that is, 0 for a relative one. */
  requested: 1,
  absolute: 2,
  /** The descriptor, or the folder descriptor: {@link CWD} for the working folder. */
  fd: 3,
  /** Path of its annotation. */
  said: 4,
  /** OPEN_FLAG bits, and the ones below. */
  bits: 5,
  /** Index in {@link KINDS}; the second descriptor of a pipe; what the listener made of content; 1 for exit_group. */
  kind: 6,
  fd2: 6,
  gist: 6,
  wholeGroup: 6,
} as const;

export const CWD = -1;
/** The descriptor had an annotation. */
export const ANNOTATED: number = 1 << 16;
/** The call shows content of a file, or copies it. */
export const CONTENT: number = 1 << 18;
/** An empty path stands for the folder descriptor itself. */
export const EMPTY_PATH: number = 1 << 17;
export const KINDS: readonly AccessKind[] = [
  "probe",
  "read",
  "write",
  "list",
  "readlink",
  "remove",
  "mkdir",
];

export const READLINK: number = KINDS.indexOf("readlink");
export const PROBE: number = KINDS.indexOf("probe");

/** What two calls have in common that differ in their path alone. */
const ALIKE: readonly number[] = [NOTE.do, NOTE.fd, NOTE.said, NOTE.bits, NOTE.kind];

const CLOSE_ON_EXEC = OPEN_FLAG.cloexec;

/** What a listener makes of content that is read, as a number: see {@link ProcessListener.gist}. */
export type GistOf = (content: ByteString, size: number | null) => number | null;

/** Works out the notes of a call that the log may hold again, letter by letter. */
export function noteText(
  call: Syscall,
  row: CallRow,
  memo: CallMemo,
  gistOf: GistOf,
  notes: Int32Array,
  at: number,
): void {
  const what = deedOf(call, row, memo);
  if (what === DO.all) return;
  if (what === DO.read) {
    const gist = gistOf(call.content?.bytes ?? "", call.size ?? null);
    if (gist === null) return;
    notes[at + NOTE.gist] = gist;
  }
  const plain = what === DO.open || what === DO.look;
  const argument = plain ? call.dirfd : call.fd;
  const kind = plain ? KINDS.indexOf(memo.kind ?? "probe") : 0;
  notes[at + NOTE.requested] = memo.requested;
  notes[at + NOTE.absolute] = memo.absolute;
  notes[at + NOTE.fd] = typeof argument?.fd === "number" ? argument.fd : CWD;
  notes[at + NOTE.said] = plain ? memo.dirfdPath : memo.fdPath;
  notes[at + NOTE.bits] = bitsOf(call, what, memo, argument);
  if (plain) notes[at + NOTE.kind] = kind;
  if (what === DO.exit) notes[at + NOTE.wholeGroup] = call.name === "exit_group" ? 1 : 0;
  if (what === DO.makeTwo) {
    const [one, two] = call.made ?? [];
    notes[at + NOTE.fd] = Number(one?.fd);
    notes[at + NOTE.fd2] = Number(two?.fd);
  }
  notes[at + NOTE.do] = what;
}

/**
 * Notes a call that differs in its only string from the one that has its notes from `notes[like]` on; false where that
 * is no path. Most texts that a log brings are of this kind, and nothing else of them needs to be read.
 */
export function notePath(
  path: ByteString,
  { paths, resolver }: World,
  notes: Int32Array,
  like: number,
  at: number,
): boolean {
  const what = notes[like];
  if (what !== DO.open && what !== DO.look) return false;
  const requested = paths.intern(path);
  for (const field of ALIKE) notes[at + field] = notes[like + field] ?? 0;
  notes[at + NOTE.requested] = requested;
  notes[at + NOTE.absolute] = resolver.absolute(requested);
  return true;
}

/** Effects of calls that do nothing as they begin, except that a close closes. */
const BEGINS_IDLY: ReadonlySet<Effect> = new Set([
  "open",
  "none",
  "close",
  "make-fd",
  "dup",
  "fcntl",
  "transfer",
  "map",
]);

/**
 * Works out the notes of the first half of a call: {@link DO.look} where the call depends on a folder or a
 * descriptor from then on.
 */
export function noteHalf(
  call: Syscall,
  row: CallRow,
  memo: CallMemo,
  notes: Int32Array,
  at: number,
): void {
  if (!BEGINS_IDLY.has(row.effect) || row.path2 !== undefined) return;
  const onFd = row.fd !== undefined;
  const looks = row.path !== undefined;
  if (onFd && looks) return;
  const argument = onFd ? call.fd : call.dirfd;
  const needsOne = onFd || row.dirfd !== undefined;
  if (needsOne && (argument === undefined || argument.fd === null)) return;
  const fd = typeof argument?.fd === "number" ? argument.fd : CWD;
  notes[at + NOTE.fd] = fd;
  notes[at + NOTE.said] = onFd ? memo.fdPath : memo.dirfdPath;
  notes[at + NOTE.bits] = argument?.annotated === true ? ANNOTATED : 0;
  if (row.effect === "close") notes[at + NOTE.do] = DO.close;
  else notes[at + NOTE.do] = looks || (onFd && fd >= 0) ? DO.look : DO.nothing;
}

function bitsOf(
  call: Syscall,
  what: number,
  memo: CallMemo,
  argument: FdArgument | undefined,
): number {
  let bits = what === DO.open ? memo.mode.bits : 0;
  if (argument?.annotated === true) bits |= ANNOTATED;
  if (call.path?.bytes === "") bits |= EMPTY_PATH;
  if (showsContent(call)) bits |= CONTENT;
  if (what === DO.duplicate && copiesCloseOnExec(call)) bits |= CLOSE_ON_EXEC;
  if (what === DO.closeOnExec && setsCloseOnExec(call)) bits |= CLOSE_ON_EXEC;
  return bits;
}

function deedOf(call: Syscall, row: CallRow, memo: CallMemo): number {
  const onFd = typeof call.fd?.fd === "number";
  switch (row.effect) {
    case "open":
      return isPlainPath(call, row) && !memo.mode.inRoot && !isUnnamed(memo) ? DO.open : DO.all;
    case "none":
      return row.fd === undefined && row.path2 === undefined && isPlainPath(call, row)
        ? deedOfKind(row)
        : DO.all;
    case "close":
      return onFd ? DO.close : DO.all;
    case "make-fd":
      return row.kind === undefined ? DO.make : DO.all;
    case "make-fds":
      return call.made?.length === 2 && call.made.every(isBare) ? DO.makeTwo : DO.all;
    case "dup":
      return onFd ? DO.duplicate : DO.all;
    case "fcntl":
      return onFd ? deedOfFcntl(call) : DO.all;
    case "transfer":
      return onFd ? deedOfTransfer(call) : DO.all;
    case "exit":
      return DO.exit;
    case "map":
      if (!onFd) return DO.all;
      return memo.denyWrite && Number(call.fd?.fd) >= 0 ? DO.map : DO.nothing;
    default:
      return DO.all;
  }
}

function deedOfKind({ kind }: CallRow): number {
  return kind !== undefined && KINDS.includes(kind) ? DO.look : DO.all;
}

/** True for a path that is written out, from a folder that is named or the working folder. */
function isPlainPath({ path, dirfd, flags }: Syscall, row: CallRow): boolean {
  if (path === undefined || path.truncated) return false;
  if (row.dirfd !== undefined && (dirfd === undefined || dirfd.fd === null)) return false;
  return path.bytes !== "" || (row.flags !== undefined && allowsEmptyPath(flags));
}

function isUnnamed({ mode: { bits } }: CallMemo): boolean {
  return (bits & OPEN_FLAG.tmpfile) !== 0;
}

function isBare({ fd, path }: FdArgument): boolean {
  return typeof fd === "number" && path === null;
}

function deedOfTransfer({ name, content }: Syscall): number {
  const reads = name.includes("read");
  if (content !== undefined && isTelling(name, content.bytes)) return reads ? DO.read : DO.all;
  return reads ? DO.nothing : DO.pass;
}

function deedOfFcntl({ flags }: Syscall): number {
  if (flags === undefined) return DO.all;
  const command = fcntlCommand(flags);
  if (command === null) return DO.nothing;
  return command === "set" ? DO.closeOnExec : DO.duplicate;
}
