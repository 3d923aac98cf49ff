import type { ByteString } from "../../model/byte-string.ts";
import type { PathId, PathTable } from "../../model/path-table.ts";

/** What each compile opens of the C library before all else, and each link: Linux's gcc and clang, glibc and musl. */
const LIBC =
  /^(\/.+?)(?:\/usr\/include\/(?:stdc-predef|features)\.h|(?:\/usr)?\/lib(?:64|32)?\/(?:[^/]+-[^/]+\/)?(?:S?crt1\.o|libc\.(?:so|a)))$/;
const DEVELOPMENT = /^(\/.+?)\/usr\/(?:include|lib(?:64)?\/(?:[^/]+-[^/]+\/)?pkgconfig)\/./;
/** How gcc spells the library folders of the sysroot that it was given, and nobody else any folder. */
const SEARCHED = /^(\/.+?)(?:\/usr)?\/lib(?:64|32)?\/\.\.\/lib(?:64|32)?\/[^/]+$/;
/** Folders of the host that have a `usr` or a C library of their own: software collections, snaps, cross packages, stores. */
const HOSTS_OWN =
  /^\/(?:usr|proc|sys|dev(?!\/shm\/)|snap|opt\/rh|var\/lib|(?:nix|gnu)\/store)(?:\/|$)|\/\.linuxbrew(?:\/|$)/;

/** The paths of a log: whether they are there, null where it does not show. */
interface LogPaths {
  readonly paths: PathTable;
  readonly classes: { seen(path: PathId): boolean | null };
}

/** The folder other than the host's root that a file of the C library lies in, as in a sysroot; null for any other file. */
export function libcRoot(path: ByteString): ByteString | null {
  return rootBy(LIBC, path);
}

/**
 * Sysroots of a log in which no argument names one: folders that the C library was taken from. Debian's cross gcc has
 * its own, so that for another machine any header or .pc file will do.
 */
export function libcRoots(
  { paths, classes }: LogPaths,
  forOtherMachine: boolean,
): readonly ByteString[] {
  const found = new Set<ByteString>();
  for (let id = 1; id < paths.size; id++) {
    const path = paths.text(id);
    const searched = rootBy(SEARCHED, path);
    if (searched !== null && !searched.includes("/..")) found.add(searched);
    const root = rootBy(forOtherMachine ? DEVELOPMENT : LIBC, path);
    if (root === null) continue;
    // A compiler searches the sysroot that it was given, whatever lies in it.
    if (forOtherMachine ? classes.seen(id) !== null : classes.seen(id) === true) found.add(root);
  }
  return [...found];
}

function rootBy(pattern: RegExp, path: ByteString): ByteString | null {
  const root = pattern.exec(path)?.[1];
  return root === undefined || HOSTS_OWN.test(root) ? null : root;
}
