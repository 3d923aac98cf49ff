import type { ByteString } from "../model/byte-string.ts";
import { baseName, normalise, parentFolder } from "../model/path.ts";
import { type PathId, type PathTable, UNKNOWN_PATH } from "../model/path-table.ts";

/** More steps from one mount or link to the next than the kernel follows symlinks. */
const MOST_STEPS = 40;
/** More than a sandbox makes: what comes then is where it seems to be. */
const MOST_MOUNTS = 4096;

/**
 * What a mount namespace of its own shows elsewhere than it is: a sandbox such as bubblewrap makes an empty root, binds
 * the host's folders into it and makes it its `/`. Places are called by the names that the host has for them.
 */
export class Mounts {
  /** True as long as everything is where it seems to be. */
  isPlain = true;
  readonly #paths: PathTable;
  /** False for the namespace that the log's first process was born in: what lies where in it, the listener follows. */
  readonly isOwn: boolean;
  /** Where the root of the namespace is, with which paths in strace's annotations begin. */
  #top: PathId;
  readonly #targets: Map<PathId, PathId>;
  readonly #followed: Map<PathId, PathId> = new Map();

  constructor(paths: PathTable, origin: Mounts | null = null) {
    this.#paths = paths;
    this.isOwn = origin !== null;
    this.#top = origin === null ? paths.intern("/") : origin.#top;
    this.#targets = new Map(origin === null ? [] : origin.#targets);
    this.isPlain = origin?.isPlain ?? true;
  }

  /** A namespace that begins as this one is now. */
  copy(): Mounts {
    return new Mounts(this.#paths, this);
  }

  /** What is below `place` is below `target` instead; both by the host's names. */
  bind(place: PathId, target: PathId): void {
    if (!this.isOwn || place === target || place === UNKNOWN_PATH) return;
    if (this.#targets.size >= MOST_MOUNTS) return;
    this.#targets.set(place, target);
    this.#change();
  }

  /** Something that has no other name lies at `place` now. */
  cover(place: PathId): void {
    if (this.#targets.delete(place)) this.#change();
  }

  /** `top` becomes the root of the namespace, and what was its root is below `place`. False where nothing is known of that. */
  pivot(top: PathId, place: PathId, root: PathId): boolean {
    if (!this.isOwn || top === UNKNOWN_PATH || root === UNKNOWN_PATH) return false;
    if (place !== top) this.bind(place, root);
    this.#top = top;
    this.#change();
    return true;
  }

  /** The host's name of a path. */
  follow(path: PathId): PathId {
    if (path === UNKNOWN_PATH || this.#targets.size === 0) return path;
    let found = this.#followed.get(path);
    if (found === undefined) {
      found = this.#walk(this.#paths.text(path));
      this.#followed.set(path, found);
    }
    return found;
  }

  /** The host's name of what an annotation says. */
  annotated(said: PathId): PathId {
    const text = this.#paths.text(said);
    // `pipe:[1]` and its like.
    if (this.isPlain || !text.startsWith("/")) return said;
    const top = this.#paths.text(this.#top);
    return this.follow(top === "/" ? said : this.#paths.intern(normalise(top + text)));
  }

  /** Where something is put that is called so: in the folder that this leads to. */
  place(path: PathId): PathId {
    const text = this.#paths.text(path);
    if (text === "/" || text === "") return path;
    const folder = this.#paths.text(this.follow(this.#paths.intern(parentFolder(text))));
    return folder === ""
      ? UNKNOWN_PATH
      : this.#paths.intern(normalise(`${folder}/${baseName(text)}`));
  }

  #change(): void {
    this.#followed.clear();
    this.isPlain = this.#targets.size === 0 && this.#paths.text(this.#top) === "/";
  }

  #walk(path: ByteString): PathId {
    let text = path;
    for (let step = 0; step < MOST_STEPS; step++) {
      const next = this.#step(text);
      if (next === null) return this.#paths.intern(text);
      if (next === "") return UNKNOWN_PATH;
      text = next;
    }
    return UNKNOWN_PATH;
  }

  /** One mount or link further, of those on the way the first, as the kernel meets them; null where there is none, empty where it leads nobody knows where. */
  #step(text: ByteString): ByteString | null {
    for (let end = text.indexOf("/", 1); ; end = text.indexOf("/", end + 1)) {
      const place = this.#paths.find(end < 0 ? text : text.slice(0, end));
      const target = place === UNKNOWN_PATH ? undefined : this.#targets.get(place);
      if (target !== undefined) {
        const folder = this.#paths.text(target);
        return folder === "" ? "" : normalise(folder + (end < 0 ? "" : text.slice(end)));
      }
      if (end < 0) return null;
    }
  }
}
