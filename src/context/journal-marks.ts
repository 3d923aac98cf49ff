import type { ByteString } from "../model/byte-string.ts";
import type { PathId, PathTable } from "../model/path-table.ts";
import type { Journal } from "./journal.ts";

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
