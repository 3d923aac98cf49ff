import { type ByteString, detached } from "./byte-string.ts";

/** A small integer that stands for a path; 0 is the path that the log does not hold. */
export type PathId = number;

/** The id of every unknown path. */
export const UNKNOWN_PATH: PathId = 0;

/** A build of the largest size seen has 300,000 distinct paths; each takes about 200 bytes. */
export const MOST_PATHS = 1_500_000;
/** Places of host files: they are still told apart when all else is not any more. */
const HOST = /^\/(?:usr|lib|lib32|lib64|libx32|bin|sbin|etc|opt|nix|gnu)\//;

/**
 * Gives each distinct path one integer, so that everything behind the parser compares and counts
 * integers and makes no string per call. Memory grows with distinct paths, never with lines, and not for ever:
 * a path too many is an unknown one.
 */
export class PathTable {
  /** Paths that were too many. */
  omitted = 0;
  readonly #ids: Map<ByteString, PathId> = new Map();
  readonly #texts: ByteString[] = [""];
  readonly #most: number;

  /** Keeps `most` paths, and as many again of host files. */
  constructor(most: number = MOST_PATHS) {
    this.#most = most;
  }

  /** The id of `path`, a new one for a new path. */
  intern(path: ByteString): PathId {
    const known = this.#ids.get(path);
    if (known !== undefined) return known;
    const id = this.#texts.length;
    if (id > this.#most && (id > 2 * this.#most || !HOST.test(path))) {
      this.omitted += 1;
      return UNKNOWN_PATH;
    }
    const own = detached(path);
    this.#ids.set(own, id);
    this.#texts.push(own);
    return id;
  }

  /** The id of `path` if it was ever met, else {@link UNKNOWN_PATH}. */
  find(path: ByteString): PathId {
    return this.#ids.get(path) ?? UNKNOWN_PATH;
  }

  /** The path of an id; the empty string for {@link UNKNOWN_PATH}. */
  text(id: PathId): ByteString {
    return this.#texts[id] ?? "";
  }

  /** Gives a path another text. What asks for that text from now on gets the path that had it first. */
  rename(id: PathId, text: ByteString): void {
    this.#texts[id] = text;
    if (!this.#ids.has(text)) this.#ids.set(text, id);
  }

  /** One more than the largest id given so far. */
  get size(): number {
    return this.#texts.length;
  }
}
