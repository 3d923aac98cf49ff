import type { ByteString } from "../model/byte-string.ts";
import { LONGEST_PATH, normalise } from "../model/path.ts";
import { type PathId, type PathTable, UNKNOWN_PATH } from "../model/path-table.ts";

const SLASH = 0x2f;
const OWN = "/proc/";
/** Links of the kernel to the caller's own root and working folder (proc(5)). */
const OWN_ROOT = /^(?:\/proc\/(?:thread-)?self\/root(?=\/|$))+/;
const OWN_CWD = /^\/proc\/(?:thread-)?self\/cwd(?:\/+|$)/;

/** Turns paths as written into absolute ones; each pair of base and path is worked out once. */
export class Resolver {
  /** The id of `/`. */
  readonly root: PathId;
  readonly #paths: PathTable;
  readonly #absolute: Map<PathId, PathId> = new Map();
  readonly #relative: Map<PathId, Map<PathId, PathId>> = new Map();

  constructor(paths: PathTable) {
    this.#paths = paths;
    this.root = paths.intern("/");
  }

  /** `path` as seen by a process with this `root`, from the folder `base`; UNKNOWN_PATH when that decides and is unknown. */
  resolve(root: PathId, base: PathId, path: PathId): PathId {
    const text = this.#paths.text(path);
    if (text.charCodeAt(0) === SLASH) {
      if (text.startsWith(OWN) && OWN_CWD.test(text))
        return this.#below(base, text.replace(OWN_CWD, ""));
      if (root === this.root) return this.#normal(path);
      return root === UNKNOWN_PATH ? UNKNOWN_PATH : this.#join(root, this.#normal(path));
    }
    return base === UNKNOWN_PATH ? UNKNOWN_PATH : this.#join(base, path);
  }

  /** Where `path` is whoever names it, if `/` is the root; UNKNOWN_PATH for one that begins in somebody's folder. */
  absolute(path: PathId): PathId {
    return this.resolve(this.root, UNKNOWN_PATH, path);
  }

  /** `path` below `folder`, whether it begins with a slash or not (RESOLVE_IN_ROOT). */
  within(folder: PathId, path: PathId): PathId {
    if (folder === UNKNOWN_PATH) return UNKNOWN_PATH;
    const text = normalise(`/${this.#paths.text(path)}`);
    return this.#join(folder, this.#paths.intern(text));
  }

  #below(base: PathId, rest: ByteString): PathId {
    if (rest === "" || base === UNKNOWN_PATH) return base;
    return this.#join(base, this.#paths.intern(rest));
  }

  #normal(path: PathId): PathId {
    const known = this.#absolute.get(path);
    if (known !== undefined) return known;
    const text = this.#paths.text(path);
    const normal = normalise(text.startsWith(OWN) ? text.replace(OWN_ROOT, "/") : text);
    // Nearly all are as they should be, and need no entry.
    if (normal === text) return path;
    const id = this.#paths.intern(normal);
    this.#absolute.set(path, id);
    return id;
  }

  #join(base: PathId, path: PathId): PathId {
    let below = this.#relative.get(base);
    if (!below) {
      below = new Map();
      this.#relative.set(base, below);
    }
    let whole = below.get(path);
    if (whole === undefined) {
      const text = `${this.#paths.text(base)}/${this.#paths.text(path)}`;
      // Folder below folder without end, as tests of getcwd make: each path is longer than the last.
      whole = text.length > LONGEST_PATH ? UNKNOWN_PATH : this.#paths.intern(normalise(text));
      below.set(path, whole);
    }
    return whole;
  }
}
