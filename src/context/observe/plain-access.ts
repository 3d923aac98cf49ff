import { type Access, type AccessKind, OPEN_FLAG, type Spent } from "../../model/access.ts";
import { type PathId, type PathTable, UNKNOWN_PATH } from "../../model/path-table.ts";
import type { Familiar } from "./familiar.ts";
import type { Journal } from "./journal.ts";
import type { Links } from "./links.ts";
import { noteLibrary } from "./loader.ts";
import type { LogFeatures } from "./log-features.ts";
import type { PathClasses } from "./path-classes.ts";
import type { Provenance } from "./provenance.ts";

/** What decides whether there is more to an access. */
export interface Surroundings {
  readonly paths: PathTable;
  readonly classes: PathClasses;
  readonly features: LogFeatures;
  readonly provenance: Provenance;
  readonly links: Links;
  readonly familiar: Familiar;
}

/**
 * True for an access that leaves no more behind than that a file is there, or is not. Nine of ten are so:
 * sources, probes, what a compiler did not find, and the work of the dynamic loader, which is noted here.
 */
export function isPlainAccess(
  around: Surroundings,
  journal: Journal,
  { kind, path, real, openFlags, outcome }: Access,
): boolean {
  if (outcome === "unknown") return false;
  const done = outcome === "done";
  // A symlink's path is its second one.
  if (kind === "symlink") return !done;
  // Where nobody knows what was opened, the loader's work is over, and that is all.
  if (path === UNKNOWN_PATH) return !done || kind !== "read" || !journal.loading;
  switch (kind) {
    case "probe":
      return !done || journal.actor.role !== "cmake" || !around.classes.mayBeForeign(path);
    case "list":
      return true;
    case "read":
      return done
        ? isPlainRead(around, journal, path, real, openFlags)
        : isPlainMiss(around, journal, path);
    default:
      return !done;
  }
}

/**
 * Who must be told again of an access, now that its path is known to be there or not: nobody where it is plain whoever
 * makes it, in whatever state; or those that {@link isTelling} speaks of.
 */
export function spentFor(
  { classes, paths }: Surroundings,
  { kind, path, requested, outcome }: Access,
): Spent {
  if (outcome === "unknown" || kind === "symlink") return "never";
  const done = outcome === "done";
  // fstat comes as a probe of "".
  if (done && kind === "probe" && paths.text(requested) === "") return "always";
  if (path === UNKNOWN_PATH) return done ? "never" : "always";
  // Opens of the loader's cache, in whatever way, tell where programs begin.
  if (classes.isLoaderFile(path)) return "never";
  if (done) {
    if (kind !== "probe") return "never";
    return classes.mayBeForeign(path) ? "mostly" : "always";
  }
  if (kind !== "read") return "always";
  return classes.isShared(path) || classes.mayBeClue(path) ? "mostly" : "always";
}

/** True when an access that is spent for most says something of this tracee: what cmake finds, or what reads the path. */
export function isTelling(
  classes: PathClasses,
  journal: Journal,
  kind: AccessKind,
  path: PathId,
): boolean {
  if (kind === "probe") return journal.actor.role === "cmake";
  return (journal.loading && classes.isShared(path)) || classes.isClue(path, journal);
}

/**
 * True when a copier opens what every tool reads, to copy it: the C library closes on exec what it opens for itself,
 * names of users for `install -o` among it.
 */
export function isCopied(
  classes: PathClasses,
  { actor }: Journal,
  path: PathId,
  openFlags: number,
): boolean {
  return (
    actor.role === "copier" && (openFlags & OPEN_FLAG.cloexec) === 0 && classes.isEveryday(path)
  );
}

function isPlainMiss({ classes }: Surroundings, journal: Journal, path: PathId): boolean {
  return !classes.isLoaderFile(path) && !isTelling(classes, journal, "read", path);
}

/** Nothing is noted before it is sure that nothing else is to be done. */
function isPlainRead(
  around: Surroundings,
  journal: Journal,
  path: PathId,
  real: PathId,
  openFlags: number,
): boolean {
  const { classes } = around;
  const known = journal.tracee.program !== null;
  if (classes.isLoaderFile(path)) {
    journal.loaderSeen = true;
    journal.loading = true;
    return true;
  }
  if (journal.loading && (openFlags & OPEN_FLAG.cloexec) !== 0 && classes.isShared(path)) {
    noteLibrary(around, journal, path);
    return true;
  }
  if (around.provenance.makerOf(path) !== undefined) return false;
  if (classes.mayBeForeign(path)) {
    if (!known || !around.familiar.count(journal.actor, journal.work, path)) return false;
    // As if the line had been asked for: others get their share of a path's lines by this count.
    classes.quotes(path);
    journal.loading = false;
    return true;
  }
  if (isCopied(classes, journal, path, openFlags)) return false;
  if (real === UNKNOWN_PATH ? classes.followed(path, around.links) !== 0 : real !== path)
    return false;
  const { role } = journal.actor;
  if ((role === "linker" || role === "unknown") && classes.isBinary(path)) return false;
  if (!known && classes.isClue(path, journal)) return false;
  journal.loading = false;
  return true;
}
