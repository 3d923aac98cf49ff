import type { ByteString } from "../../model/byte-string.ts";
import { parentFolder } from "../../model/path.ts";

/** Files moved in one log: no build comes near, and one that was written to waste time stops here. */
const MOST_MOVED = 10_000_000;

/** The files below each folder, for whoever moves a folder: what that costs goes with what is moved, not with what there is. */
export class FolderTree {
  /** Files and folders in each folder. */
  readonly #entries: Map<ByteString, Set<ByteString>> = new Map();
  #moved = 0;

  /** A file, absolute and normalised. */
  add(file: ByteString): void {
    let entry = file;
    while (entry.length > 1) {
      const folder = parentFolder(entry);
      const entries = this.#entries.get(folder);
      if (entries !== undefined) {
        entries.add(entry);
        return;
      }
      this.#entries.set(folder, new Set([entry]));
      entry = folder;
    }
  }

  /** All files below `folder`, which are there no longer; none when nobody added any. */
  take(folder: ByteString): readonly ByteString[] {
    const files: ByteString[] = [];
    const folders = [folder];
    for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
      const entries = this.#entries.get(next) ?? [];
      this.#entries.delete(next);
      for (const entry of entries) (this.#entries.has(entry) ? folders : files).push(entry);
    }
    this.#moved += files.length;
    return this.#moved > MOST_MOVED ? [] : files;
  }
}
