import type { Access } from "../../model/access.ts";
import type { Role } from "../../model/facts.ts";
import type { PathId } from "../../model/path-table.ts";
import type { Work } from "../../model/sighting.ts";
import type { Journal } from "./journal.ts";
import type { PathClasses } from "./path-classes.ts";
import { isCopied } from "./plain-access.ts";

/** Who takes a program that a linker made, whose name tells nothing. */
const TAKES_PROGRAMS: ReadonlySet<Role> = new Set(["copier", "strip"]);

/**
 * True for a read that the journal keeps until its process ends: of a foreign file, or of one that may carry foreign
 * content on. `real` is where the path's links lead, 0 where nothing tells; `maker` who made the file in this build.
 */
export function isNoted(
  classes: PathClasses,
  journal: Journal,
  { path, openFlags }: Access,
  real: PathId,
  maker: Work | undefined,
): boolean {
  const { role } = journal.actor;
  if (classes.isBinary(path) && (role === "linker" || role === "unknown")) return true;
  if (maker === undefined)
    return (
      classes.mayBeForeign(path) ||
      (real !== 0 && real !== path) ||
      isCopied(classes, journal, path, openFlags)
    );
  return (
    classes.isBinary(path) ||
    maker.actor.role === "copier" ||
    (maker.actor.role === "linker" && TAKES_PROGRAMS.has(role))
  );
}
