import { OPEN_FLAG } from "../../model/access.ts";
import type { ByteString } from "../../model/byte-string.ts";
import { baseName } from "../../model/path.ts";
import type { PathId, PathTable } from "../../model/path-table.ts";
import type { Journal } from "./journal.ts";
import type { LogFeatures } from "./log-features.ts";
import type { PathClasses } from "./path-classes.ts";

/** With what ldconfig begins, which is no loader's program but reads all of the host's libraries as it does: as data. */
const LOADER_FILE =
  /^\/etc\/ld(?:\.so|-musl-[\w-]+)\.(?:cache|preload|path|conf)$|\/glibc-hwcaps\//;
/**
 * What only ldconfig asks for first of all, as in an image, and musl's loader, whether it is there or not; and glibc's
 * below each folder of LD_LIBRARY_PATH and RUNPATH, so that a program that finds all its libraries there never opens
 * the cache.
 */
const OPTIONAL = /\.(?:conf|path)$|\/glibc-hwcaps\//;
const SHARED = /\.so(?:\.\d[\w.]*)?$/;

/** What the loader's work is known by. */
export interface LoaderGround {
  readonly paths: PathTable;
  readonly classes: PathClasses;
  readonly features: LogFeatures;
}

/**
 * Follows the dynamic loader at the beginning of a program and at each dlopen that looks into its cache,
 * and says whether this open is part of its work. In a cross build this is by far the largest group of host
 * files, and an innocent one: cargo, curl and git link the host's libssl themselves.
 *
 * glibc opens /etc/ld.so.cache, then each library with O_RDONLY|O_CLOEXEC; the first open of anything else
 * ends the phase.
 */
export function isLoaderWork(
  ground: LoaderGround,
  journal: Journal,
  path: PathId,
  openFlags: number,
  succeeded: boolean,
): boolean {
  const { classes, paths } = ground;
  if (classes.isLoaderFile(path)) {
    if (succeeded || OPTIONAL.test(paths.text(path))) journal.loaderSeen = true;
    journal.loading = true;
    return true;
  }
  if (!journal.loading) return false;
  if (!classes.isShared(path)) {
    if (succeeded) journal.loading = false;
    return false;
  }
  if ((openFlags & OPEN_FLAG.cloexec) === 0) {
    journal.loading = false;
    return false;
  }
  if (succeeded) noteLibrary(ground, journal, path);
  return true;
}

/** Takes note of a library that the loader took: whose libc it is, and what program it is a sign of. */
export function noteLibrary(
  { classes, features, paths }: LoaderGround,
  journal: Journal,
  path: PathId,
): void {
  if (classes.isLibc(path)) features.loaded(paths.text(path));
  if (journal.entries.length > 0) markPreloaded(classes, journal);
  if (journal.tracee.program !== null || !classes.isSign(path)) return;
  journal.signs ??= new Set();
  journal.signs.add(baseName(paths.text(path)));
}

/**
 * Libraries of LD_PRELOAD and /etc/ld.so.preload that are named in full are opened before the loader's cache, and so
 * before a log without execve shows that a program begins. Lines without a pid may be anybody's, and prove nothing.
 */
function markPreloaded(classes: PathClasses, { entries, tracee }: Journal): void {
  if (tracee.pid === null) return;
  for (const entry of entries) {
    const closesOnExec = (entry.openFlags & OPEN_FLAG.cloexec) !== 0;
    if (entry.whole || entry.kind !== "read" || !closesOnExec || !classes.isShared(entry.path))
      return;
    entry.loaded = true;
  }
}

/** True for what the dynamic loader reads besides libraries. */
export function isLoaderFile(path: ByteString): boolean {
  return LOADER_FILE.test(path);
}

/** True for a name that a shared library has. */
export function isShared(path: ByteString): boolean {
  return SHARED.test(path);
}

/** Libraries by which a program is known when its exec is not in the log. */
const SIGNATURE =
  /^(?:lib(?:isl|mpc|mpfr|bfd|opcodes|ctf|sframe|rustc_driver|clang|LLVM|lld|pkgconf|archive|jsoncpp|rhash|cppdap|python\d|perl|node|guile|selinux|acl|attr|curl[\w-]*|git2|ssl|debuginfod|z3|tcl|ruby))[-.\w]*\.so/;

/** True for a library that tells which program loads it. */
export function isSign(path: ByteString): boolean {
  return SIGNATURE.test(baseName(path));
}

const LIBC = /^\/(?:.*\/)?(?:libc\.so\.6|ld-musl-[^/]+|libc\.musl-[^/]+)$/;

/** True for the C library, of which there is one for each machine; a name without its folder tells none. */
export function isLibc(path: ByteString): boolean {
  return LIBC.test(path);
}
