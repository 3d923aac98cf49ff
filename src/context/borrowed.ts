import type { Actor } from "../model/actor.ts";
import type { ByteString } from "../model/byte-string.ts";
import { isWithin, mergeUsr } from "../model/path.ts";
import type { Links } from "./links.ts";

/** Drivers between a compiler proper and the one that it belongs to: lto-wrapper calls the driver again. */
const MOST_STEPS = 8;

/**
 * True for a compiler proper of the system (/usr/lib/gcc/<triple>/12/cc1) that a driver from elsewhere was led to run,
 * by GCC_EXEC_PREFIX, COMPILER_PATH or -B: it makes code for the target and is none of the target's toolchain.
 */
export function isBorrowed(actor: Actor, links: Links): boolean {
  const prefix = SYSTEM.exec(actor.program ?? "")?.[1];
  if (prefix === undefined) return false;
  let driver = actor.parent;
  for (let step = 0; driver !== null && !driver.tool.driver && step < MOST_STEPS; step++)
    driver = driver.parent;
  const program: ByteString | null = driver?.tool.driver === true ? driver.program : null;
  return program?.startsWith("/") === true && !isWithin(mergeUsr(links.follow(program)), prefix);
}

/** Other prefixes may be reached by links, through which gcc looks for its own folder. */
const SYSTEM = /^(\/usr(?:\/local)?)\/lib(?:exec|64)?\/gcc\/[^/]+\/[^/]+\/[^/]+$/;
