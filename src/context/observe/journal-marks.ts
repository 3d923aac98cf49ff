import { OPEN_FLAG } from "../../model/access.ts";
import type { ByteString } from "../../model/byte-string.ts";
import type { Role } from "../../model/facts.ts";
import type { PathId, PathTable } from "../../model/path-table.ts";
import type { Entry, Journal } from "./journal.ts";
import type { PathClasses } from "./path-classes.ts";

/** The dynamic loader mapped what is open as `fd`: the read of it was a load. */
export function markLoaded(journal: Journal, fd: number, path: PathId): void {
  for (let at = journal.entries.length - 1; at >= 0; at--) {
    const entry = journal.entries[at];
    if (entry === undefined || entry.kind !== "read") continue;
    if (entry.fd === fd && (entry.path === path || entry.real === path)) {
      entry.loaded = true;
      return;
    }
  }
}

/** GNU as and ar open what they read without O_CLOEXEC, and no other takes libraries. */
const LINKS_NOTHING: ReadonlySet<Role> = new Set(["assembler", "archiver"]);

/**
 * The dynamic loader opens libraries with O_CLOEXEC; bfd opens objects and libraries without, gold, lld and mold all of
 * them with it. So where a linker opened an object without, libraries with it were loaded, though lines that would show
 * that may be missing: those of its exec and of the loader's cache.
 */
export function markLoads({ entries }: Journal, role: Role, classes: PathClasses): void {
  const opensPlainly = ({ kind, path, openFlags }: Entry): boolean =>
    kind === "read" &&
    (openFlags & OPEN_FLAG.cloexec) === 0 &&
    classes.isBinary(path) &&
    !classes.isShared(path);
  if (!LINKS_NOTHING.has(role) && (role !== "linker" || !entries.some(opensPlainly))) return;
  for (const entry of entries)
    if ((entry.openFlags & OPEN_FLAG.cloexec) !== 0 && classes.isShared(entry.path))
      entry.loaded = true;
}

/** `ld: skipping incompatible /usr/lib/libz.so when searching for -lz`, as bfd, gold and mold write it. */
export function markSkipped(journal: Journal, message: ByteString, paths: PathTable): void {
  const named = /incompatible (?:file:? )?(\/[^\s:]+)/.exec(message)?.[1];
  if (named === undefined) return;
  for (const entry of journal.entries)
    if (paths.text(entry.requested) === named || paths.text(entry.path) === named)
      entry.skipped = true;
}

/** True when a copier writes on to what its shell had opened for it: cat, after a read. */
export function passesOn({ actor, entries }: Journal): boolean {
  if (actor.role !== "copier") return false;
  const last = entries.at(-1);
  return last !== undefined && last.kind !== "written";
}
