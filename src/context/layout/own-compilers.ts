import type { Actor } from "../../model/actor.ts";
import type { ByteString } from "../../model/byte-string.ts";
import type { Machine } from "../../model/machine.ts";
import { isWithin, mergeUsr } from "../../model/path.ts";
import { machineOfTriple } from "../names/machines.ts";
import { isSources } from "../names/places.ts";
import type { Links } from "../observe/links.ts";
import type { Observer } from "../observe/observer.ts";

/** Drivers between a compiler proper and the one that it belongs to: lto-wrapper calls the driver again. */
const MOST_STEPS = 8;

/** A compiler or linker, and its program. */
export interface OwnCompiler {
  readonly actor: Actor;
  readonly program: ByteString;
}

/** The compilers and linkers whose folder tells of a toolchain: all but those that others borrow. */
export function* ownCompilers(
  { actors, links }: Pick<Observer, "actors" | "links">,
  host: Machine,
): Iterable<OwnCompiler> {
  for (const actor of actors.all) {
    const { program, role } = actor;
    if (program === null || (role !== "compiler" && role !== "linker")) continue;
    if (!isBorrowed(actor, links, host)) yield { actor, program };
  }
}

/**
 * True for a compiler proper of the host (/usr/lib/gcc/<its triple>/12/cc1) that a driver from elsewhere was led to run,
 * by GCC_EXEC_PREFIX, COMPILER_PATH or -B: it makes code for a target of the host's kind and is none of its toolchain.
 */
function isBorrowed(actor: Actor, links: Links, host: Machine): boolean {
  const [, prefix, triple] = SYSTEM.exec(actor.program ?? "") ?? [];
  if (prefix === undefined || triple === undefined || machineOfTriple(triple) !== host)
    return false;
  const program = driverOf(actor)?.program;
  if (program?.startsWith("/") !== true) return false;
  const real = mergeUsr(links.follow(program));
  return isSources(real) || !(isWithin(real, prefix) || PACKAGED.test(real));
}

/** The driver that ran a compiler proper; null where none is known. */
export function driverOf(actor: Actor): Actor | null {
  let driver = actor.parent;
  for (let step = 0; driver !== null && !driver.tool.driver && step < MOST_STEPS; step++)
    driver = driver.parent;
  return driver?.tool.driver === true ? driver : null;
}

/** Drivers that may be links to the host's own, wherever that lies: alternatives, profiles, software collections. */
const PACKAGED =
  /^\/(?:usr\/bin|opt\/rh|(?:nix|gnu)\/store|run\/current-system)\/|\/\.(?:nix|guix)-profile\//;

/** Other prefixes may be reached by links, through which gcc looks for its own folder. */
const SYSTEM =
  /^(\/usr(?:\/local)?|\/opt\/rh\/[^/]+\/root\/usr|\/(?:nix|gnu)\/store\/[^/]+)\/lib(?:exec|64)?\/gcc\/([^/]+)\/[^/]+\/[^/]+$/;
