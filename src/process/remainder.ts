import type { AccessKind } from "../model/access.ts";
import { UNKNOWN_PATH } from "../model/path-table.ts";
import { ENDED } from "../model/syscall-sink.ts";
import type { Task } from "./task.ts";
import { ANNOTATED, CWD, DO, KINDS, NOTE } from "./text-notes.ts";

/** What is left of a spent call: nothing, or an access of the kind with this index in {@link KINDS}. */
const NOTHING = 1;
const KIND = 2;
/** And that its annotation must say what is known already. */
const SAID = 64;

/**
 * What is left of a call that ended so, for {@link kindLeft} and {@link isKnown} to understand; 0 when it is not spent,
 * whatever its path is. A relative path is the same each time only where the log says from which folder.
 */
export function remainderOf(notes: Int32Array, at: number, ended: number): number {
  if (ended === ENDED.unreturned) return 0;
  const said = ((notes[at + NOTE.bits] ?? 0) & ANNOTATED) === 0 ? 0 : SAID;
  const what = notes[at];
  if (what === DO.nothing) return NOTHING | said;
  // Of an open that succeeded, the descriptor is left.
  if (what !== DO.look && (what !== DO.open || ended >= ENDED.done)) return 0;
  if (notes[at + NOTE.absolute] === UNKNOWN_PATH && said === 0) return 0;
  return (KIND + (notes[at + NOTE.kind] ?? 0)) | said;
}

/** The access that is left; null for none. */
export function kindLeft(remainder: number): AccessKind | null {
  return KINDS[(remainder & ~SAID) - KIND] ?? null;
}

/** True when an annotation of the call, if it has one, says nothing new of this task. */
export function isKnown(
  { files, folder }: Task,
  remainder: number,
  notes: Int32Array,
  at: number,
): boolean {
  if ((remainder & SAID) === 0) return true;
  const fd = notes[at + NOTE.fd] ?? 0;
  const said = notes[at + NOTE.said] ?? 0;
  return said !== UNKNOWN_PATH && (fd === CWD ? folder.cwd : files.known(fd)) === said;
}
