import type { ByteString } from "../model/byte-string.ts";
import { isAbsolute, isWithin, normalise, parentFolder, resolvePath } from "../model/path.ts";

/** The longest way up from a file to a folder that may be a link's target. */
const MOST_STEPS = 64;

/**
 * Symlinks that somebody read and found absolute. gcc takes the way apart itself before it opens a header: the
 * open then names the far end alone, and only the readlink before it tells that a link led there.
 */
export class Links {
  readonly #byTarget: Map<ByteString, ByteString> = new Map();

  learn(link: ByteString, target: ByteString): void {
    if (!isAbsolute(target) || /^\/(?:proc|dev|sys)\//.test(link)) return;
    const far = normalise(target);
    if (!this.#byTarget.has(far)) this.#byTarget.set(far, resolvePath("/", link));
  }

  /** The path by way of a link in `root` that leads to this one; null when none is known. */
  wayTo(path: ByteString, root: ByteString): ByteString | null {
    if (this.#byTarget.size === 0) return null;
    let far = path;
    for (let step = 0; far !== "/" && step < MOST_STEPS; step++, far = parentFolder(far)) {
      const link = this.#byTarget.get(far);
      if (link !== undefined && isWithin(link, root)) return link + path.slice(far.length);
    }
    return null;
  }
}
