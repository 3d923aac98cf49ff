import type { ByteString } from "../../model/byte-string.ts";
import { type PathId, type PathTable, UNKNOWN_PATH } from "../../model/path-table.ts";
import type { Work } from "../../model/sighting.ts";
import { FolderTree } from "./folder-tree.ts";
import { followed } from "./links.ts";
import { PathSet } from "./path-set.ts";

/** Which tracee made which file, through renames and links: the graph along which a leak travels. */
export class Provenance {
  readonly #paths: PathTable;
  readonly #works: Map<PathId, Work> = new Map();
  /** The paths in there. */
  readonly #made: PathSet = new PathSet();
  /** Those of them whose maker is a guess. */
  readonly #guessed: PathSet = new PathSet();
  /** Symlinks that were made to what nobody is known to have made: folders, mostly. */
  readonly #folderLinks: Map<ByteString, ByteString> = new Map();
  /** Where those lead a path: itself when nowhere. For as long as no other link is made. */
  readonly #behind: Map<PathId, PathId> = new Map();
  /** What lies where; made when the first folder is renamed, as few builds do. */
  #tree: FolderTree | null = null;

  constructor(paths: PathTable) {
    this.#paths = paths;
  }

  /** The work that last wrote a file of this trace, or the `real` one that links led to; undefined for files that were there before. */
  makerOf(path: PathId, real: PathId = UNKNOWN_PATH): Work | undefined {
    return (
      this.#workOf(path) ??
      (real === UNKNOWN_PATH ? undefined : this.#workOf(real)) ??
      (this.#folderLinks.size === 0 ? undefined : this.#workOf(this.#behindLinks(path)))
    );
  }

  /** True where {@link makerOf} may be another's work: a thread came out of nowhere and wrote it. */
  isGuessed(path: PathId): boolean {
    return this.#guessed.has(path);
  }

  wrote(path: PathId, work: Work, isGuess: boolean = false): void {
    this.#put(path, work);
    if (isGuess) this.#guessed.add(path);
    else this.#guessed.delete(path);
    if (this.#folderLinks.size > 0) this.#put(this.#behindLinks(path), work);
  }

  /** A hard link: the new name has the old one's maker. */
  linked(from: PathId, to: PathId): void {
    const work = this.makerOf(from);
    if (work !== undefined && to !== UNKNOWN_PATH) this.#put(to, work);
  }

  /** A symlink at `link`: to a file that somebody made, or to a folder that more may be made in. */
  symlinked(link: PathId, target: ByteString): void {
    const work = this.makerOf(this.#paths.find(target));
    if (work !== undefined) {
      this.#put(link, work);
      return;
    }
    this.#folderLinks.set(this.#paths.text(link), target);
    this.#behind.clear();
  }

  /** A rename: the new name has the old one's maker, or each file below it has, and the old name is no more. */
  renamed(from: PathId, to: PathId): void {
    if (from === UNKNOWN_PATH || to === UNKNOWN_PATH) {
      this.removed(from);
      return;
    }
    const target = this.#folderLinks.get(this.#paths.text(from));
    if (this.#made.has(from)) this.#move(from, to);
    else if (target === undefined) this.#folderRenamed(from, to);
    else {
      // ln -sf makes its link under another name.
      this.removed(from);
      this.symlinked(to, target);
    }
  }

  removed(path: PathId): void {
    this.#take(path);
    if (this.#folderLinks.delete(this.#paths.text(path))) this.#behind.clear();
  }

  /** All files made and still there, with their makers. */
  products(): IterableIterator<[PathId, Work]> {
    return this.#works.entries();
  }

  /** Those of them whose makers are known, and not guessed: see {@link isGuessed}. */
  *sureProducts(): Iterable<[PathId, Work]> {
    for (const product of this.#works) if (!this.#guessed.has(product[0])) yield product;
  }

  #workOf(path: PathId): Work | undefined {
    return this.#made.has(path) ? this.#works.get(path) : undefined;
  }

  #put(path: PathId, work: Work): void {
    this.#works.set(path, work);
    this.#made.add(path);
    this.#tree?.add(this.#paths.text(path));
  }

  #move(from: PathId, to: PathId): void {
    const work = this.#take(from);
    if (work !== undefined) this.#put(to, work);
  }

  #take(path: PathId): Work | undefined {
    const work = this.#workOf(path);
    if (work !== undefined) {
      this.#works.delete(path);
      this.#made.delete(path);
    }
    return work;
  }

  #folderRenamed(from: PathId, to: PathId): void {
    const before = this.#paths.text(from);
    const now = this.#paths.text(to);
    for (const file of this.#filesOf().take(before)) {
      this.#move(this.#paths.find(file), this.#paths.intern(now + file.slice(before.length)));
    }
  }

  #filesOf(): FolderTree {
    if (this.#tree === null) {
      this.#tree = new FolderTree();
      for (const path of this.#works.keys()) this.#tree.add(this.#paths.text(path));
    }
    return this.#tree;
  }

  #behindLinks(path: PathId): PathId {
    let real = this.#behind.get(path);
    if (real === undefined) {
      real = this.#paths.intern(followed(this.#folderLinks, this.#paths.text(path)));
      this.#behind.set(path, real);
    }
    return real;
  }
}
