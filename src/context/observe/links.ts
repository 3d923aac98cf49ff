import type { ByteString } from "../../model/byte-string.ts";
import { isAbsolute, isWithin, normalise, parentFolder, resolvePath } from "../../model/path.ts";

/** The longest way up from a file to a folder that may be a link's target. */
const MOST_STEPS = 64;

/** As many as the kernel follows (path_resolution(7)). */
const MOST_LINKS = 40;

const KERNEL = /^\/(?:proc|dev(?!\/shm\/)|sys)\//;

const HOST = /^\/(?:usr|lib|lib32|lib64|libx32|opt)\//;

/** The end of a relative link that leads from elsewhere into the host's folders; null for all that stay among their own. */
function relativeEnd(link: ByteString, target: ByteString): ByteString | null {
  if (!target.startsWith("../") || !isAbsolute(link) || HOST.test(link)) return null;
  const far = resolvePath(parentFolder(link), target);
  return HOST.test(far) ? far : null;
}

/** Where the nearest of `links` above a path leads it, by where each leads; the path itself when by none. */
export function followed(links: ReadonlyMap<ByteString, ByteString>, path: ByteString): ByteString {
  let folder = path;
  for (let step = 0; folder !== "/" && step < MOST_STEPS; step++, folder = parentFolder(folder)) {
    const target = links.get(folder);
    if (target === "/") return path.slice(folder.length) || "/";
    if (target !== undefined && target !== folder) return target + path.slice(folder.length);
  }
  return path;
}

/** A symlink and where it leads, both absolute. */
export interface Link {
  readonly link: ByteString;
  readonly target: ByteString;
}

/**
 * Symlinks that somebody read and found absolute, or leading to the host, and folders that a bind mount put elsewhere.
 * gcc takes the way apart itself before it opens a header: the open then names the far end alone, and only the readlink
 * before it tells that a link led there.
 */
export class Links {
  readonly #byTarget: Map<ByteString, ByteString> = new Map();
  readonly #byLink: Map<ByteString, ByteString> = new Map();

  learn(link: ByteString, target: ByteString): void {
    if (KERNEL.test(link) || KERNEL.test(target)) return;
    const far = isAbsolute(target) ? normalise(target) : relativeEnd(link, target);
    if (far === null) return;
    if (!this.#byTarget.has(far)) this.#byTarget.set(far, resolvePath("/", link));
    if (isAbsolute(link)) this.#byLink.set(normalise(link), far);
  }

  /** How many links are known: what was followed before the last one may lead elsewhere now. */
  get count(): number {
    return this.#byLink.size;
  }

  /** Where a path leads by the links that are known, one behind the other; the path itself when by none. */
  follow(path: ByteString): ByteString {
    let far = path;
    for (let step = 0; step < MOST_LINKS; step++) {
      const next = followed(this.#byLink, far);
      if (next === far) break;
      far = next;
    }
    return far;
  }

  /** The link in `root` that leads to `path` or to a folder above it; null when none is known. */
  linkTo(path: ByteString, root: ByteString): Link | null {
    if (this.#byTarget.size === 0) return null;
    let target = path;
    for (let step = 0; target !== "/" && step < MOST_STEPS; step++, target = parentFolder(target)) {
      const link = this.#byTarget.get(target);
      if (link !== undefined && isWithin(link, root)) return { link, target };
    }
    return null;
  }
}
