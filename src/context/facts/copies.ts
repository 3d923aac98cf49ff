import type { Actor } from "../../model/actor.ts";
import { baseName } from "../../model/path.ts";
import type { PathId } from "../../model/path-table.ts";
import type { Sighting } from "../../model/sighting.ts";
import type { Observer } from "../observe/observer.ts";

/** Copies of one file or name that are looked at: enough for any image, few enough for a million Makefiles. */
const MOST_COPIES = 16;

/** Where copies of files went, as far as the log shows. */
export class Copies {
  /** What a copier wrote whose output its shell had opened: `cat file > image/file`, `cpio -o > image.cpio`. */
  readonly #made: Map<Sighting, PathId[]> = new Map();
  readonly #named: Map<string, PathId[]> = new Map();

  constructor({ provenance, paths }: Observer) {
    for (const [id, { actor, sightings }] of provenance.products()) {
      if (isWriter(actor, "shell")) add(this.#named, baseName(paths.text(id)), id);
      if (!isWriter(actor, "other")) continue;
      for (const sighting of sightings) if (sighting.use === "copy") add(this.#made, sighting, id);
    }
  }

  /** Every copy that is known of the file that `sighting` saw. */
  of(sighting: Sighting): readonly PathId[] {
    return [...sighting.copies, ...(this.#made.get(sighting) ?? [])];
  }

  /** Files of this name that copiers and shells wrote: where tar, rsync and redirections put what others read. */
  named(name: string): readonly PathId[] {
    return this.#named.get(name) ?? [];
  }
}

function isWriter({ role }: Actor, besides: "shell" | "other"): boolean {
  return role === "copier" || role === besides;
}

function add<Key>(copies: Map<Key, PathId[]>, of: Key, copy: PathId): void {
  const known = copies.get(of);
  if (known === undefined) copies.set(of, [copy]);
  else if (known.length < MOST_COPIES) known.push(copy);
}
