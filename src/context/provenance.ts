import type { PathId } from "../model/path-table.ts";
import type { Work } from "../model/sighting.ts";

/** Which tracee made which file, through renames and links: the graph along which a leak travels. */
export class Provenance {
  readonly #works: Map<PathId, Work> = new Map();

  /** The work that last wrote a file of this trace; undefined for files that were there before. */
  makerOf(path: PathId): Work | undefined {
    return this.#works.get(path);
  }

  wrote(path: PathId, work: Work): void {
    this.#works.set(path, work);
  }

  /** A rename or a hard link: the new name has the old one's maker. */
  moved(from: PathId, to: PathId): void {
    const work = this.#works.get(from);
    if (work !== undefined) this.#works.set(to, work);
  }

  /** All files made, with their makers. */
  products(): IterableIterator<[PathId, Work]> {
    return this.#works.entries();
  }
}
