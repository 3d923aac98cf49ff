import { type PathId, UNKNOWN_PATH } from "../model/path-table.ts";
import type { Work } from "../model/sighting.ts";

/** Which tracee made which file, through renames and links: the graph along which a leak travels. */
export class Provenance {
  readonly #works: Map<PathId, Work> = new Map();

  /** The work that last wrote a file of this trace, or the `real` one that links led to; undefined for files that were there before. */
  makerOf(path: PathId, real: PathId = UNKNOWN_PATH): Work | undefined {
    return this.#works.get(path) ?? (real === UNKNOWN_PATH ? undefined : this.#works.get(real));
  }

  wrote(path: PathId, work: Work): void {
    this.#works.set(path, work);
  }

  /** A link: the new name has the old one's maker. */
  linked(from: PathId, to: PathId): void {
    const work = this.#works.get(from);
    if (work !== undefined && to !== UNKNOWN_PATH) this.#works.set(to, work);
  }

  /** A rename: the same, and the old name is no more. */
  renamed(from: PathId, to: PathId): void {
    this.linked(from, to);
    this.removed(from);
  }

  removed(path: PathId): void {
    this.#works.delete(path);
  }

  /** All files made and still there, with their makers. */
  products(): IterableIterator<[PathId, Work]> {
    return this.#works.entries();
  }
}
