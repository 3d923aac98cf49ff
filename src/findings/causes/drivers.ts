import type { Actor } from "../../model/actor.ts";
import { toText } from "../../model/byte-string.ts";
import type { Tracee } from "../../model/tracee.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { type Lineage, lineageOf, nameOf, placeOf } from "./lineage.ts";

/**
 * True when a compiler driver made the command line of `holder`: its own linker's, out of LIBRARY_PATH, -B or its
 * default folders. `actor` is the leak's, `holder` it or one above it.
 */
export function isOfDriver(holder: Tracee, actor: Actor): boolean {
  for (let at: Actor | null = actor; at !== null; at = at.parent) {
    if (at.tool.driver || (at.role !== "linker" && at.role !== "compiler")) return false;
    if (at.program === holder.program && callerOf(at, holder)?.tool.driver === true) return true;
  }
  return false;
}

/** Who ran it. Where the log does not show by whom the holder was started, collect2 had its flags before it. */
function callerOf(actor: Actor, holder: Tracee): Actor | null {
  let { parent } = actor;
  if (lineageOf(holder).some(({ program }) => program !== null && program !== holder.program))
    return parent;
  while (parent?.tool.name === "collect2") ({ parent } = parent);
  return parent;
}

/** The compiler driver above a leak; null without. zig's linker is the driver's own program, called once more. */
export function driverIn(lineage: Lineage, actor: Actor): Tracee | null {
  const driven: Actor[] = [];
  let driver: Actor | null = actor;
  for (; driver !== null && !driver.tool.driver; driver = driver.parent) driven.push(driver);
  const program = driver?.program ?? null;
  if (program === null) return null;
  const again = driven.filter((each) => each.program === program).length;
  return lineage.filter((tracee) => tracee.program === program)[again] ?? null;
}

/**
 * The diagnosis for start files and libraries that a driver found beside itself, whatever the sysroot: `gcc -m32`
 * of the host where the target's compiler was meant. Null for what another than a driver brought.
 */
export function ownFolders(lineage: Lineage, actor: Actor): Diagnosis | null {
  const driver = driverIn(lineage, actor);
  if (driver === null || driver.program === null || actor.tool.driver) return null;
  return {
    kind: "host-program",
    key: `own folders of ${driver.program}`,
    title: `${nameOf(driver)} searched folders of its own on the build host, whatever the sysroot`,
    variables: [],
    flags: [{ flag: toText(driver.program), at: placeOf(driver) }],
  };
}
