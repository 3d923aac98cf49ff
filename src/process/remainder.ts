import type { AccessKind } from "../model/access.ts";
import { UNKNOWN_PATH } from "../model/path-table.ts";
import { ENDED } from "../model/syscall-sink.ts";
import type { Task } from "./task.ts";
import { ANNOTATED, CWD, DO, EMPTY_PATH, KINDS, NOTE, PROBE } from "./text-notes.ts";

/** What is left of a spent call: nothing, or an access of the kind with this index in {@link KINDS}. */
const NOTHING = 1;
const KIND = 2;
const KIND_BITS = 15;
/** And that its path may tell something of a tracee that not all is known of. */
const TELLS = 16;
/** And that it is spent for tasks whose folder is not known, where a relative path is any path. */
const ADRIFT = 32;
/** And that its annotation must say what is known already. */
const SAID = 64;

/**
 * What is left of a call that ended so, for the functions below to understand; 0 when it is not spent, whatever its
 * path is. A relative path is the same each time only where the log says from which folder, or where nobody knows.
 */
export function remainderOf(notes: Int32Array, at: number, ended: number): number {
  if (ended === ENDED.unreturned) return 0;
  const bits = notes[at + NOTE.bits] ?? 0;
  const said = (bits & ANNOTATED) === 0 ? 0 : SAID;
  const what = notes[at];
  if (what === DO.nothing) return NOTHING | said;
  // Of an open that succeeded, the descriptor is left.
  if (what !== DO.look && (what !== DO.open || ended >= ENDED.done)) return 0;
  const kind = notes[at + NOTE.kind] ?? 0;
  const left = (KIND + kind) | said;
  if (notes[at + NOTE.absolute] !== UNKNOWN_PATH || said !== 0) return left;
  const ofFolder = notes[at + NOTE.fd] === CWD;
  // fstat: whatever is open there was there when it was opened.
  if ((bits & EMPTY_PATH) !== 0 && kind === PROBE && !ofFolder)
    return ended >= ENDED.done ? left : 0;
  return ofFolder && ended < ENDED.done ? left | ADRIFT : 0;
}

/** The same for a call of which more may be left where its path tells something; 0 where its notes don't show the path. */
export function telling(remainder: number, notes: Int32Array, at: number): number {
  return notes[at + NOTE.absolute] === UNKNOWN_PATH ? 0 : remainder | TELLS;
}

/** The access that is left; null for none. */
export function kindLeft(remainder: number): AccessKind | null {
  return KINDS[(remainder & KIND_BITS) - KIND] ?? null;
}

/** True when it is spent only as long as nobody knows what its path is. */
export function isAdrift(remainder: number): boolean {
  return (remainder & ADRIFT) !== 0;
}

/** The path that may tell something; UNKNOWN_PATH for none. */
export function tellingPath(remainder: number, notes: Int32Array, at: number): number {
  return (remainder & TELLS) === 0 ? UNKNOWN_PATH : (notes[at + NOTE.absolute] ?? UNKNOWN_PATH);
}

/** True when the call is the same for this task as for others: an annotation, if it has one, says nothing new. */
export function isKnown(
  { files, folder }: Task,
  remainder: number,
  notes: Int32Array,
  at: number,
): boolean {
  if ((remainder & (SAID | ADRIFT)) === 0) return true;
  if ((remainder & ADRIFT) !== 0) return folder.cwd === UNKNOWN_PATH;
  const fd = notes[at + NOTE.fd] ?? 0;
  const said = notes[at + NOTE.said] ?? 0;
  return said !== UNKNOWN_PATH && (fd === CWD ? folder.cwd : files.known(fd)) === said;
}
