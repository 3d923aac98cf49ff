import type { Actor } from "../../model/actor.ts";
import { toText } from "../../model/byte-string.ts";
import type { Role } from "../../model/facts.ts";
import type { Leak } from "../../model/leak.ts";
import type { Tracee } from "../../model/tracee.ts";
import type { BuildContext } from "../build-context.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { type Lineage, nameOf, placeOf } from "./lineage.ts";
import { lostVariables, type Standings } from "./lost-variables.ts";
import { type Standing, standingOf } from "./standing.ts";
import { shortName } from "./words.ts";

/** Variables in which builds hand `--sysroot` to their compilers. */
const CARRIERS = ["CC", "CXX", "CPP", "LD", "CFLAGS", "CPPFLAGS", "CXXFLAGS", "LDFLAGS"];

/** These search no folder unasked, or know no --sysroot: as(1), objcopy(1), ar(1), libtool and the sed that it runs. */
const SEARCH_NOTHING: ReadonlySet<Role> = new Set([
  "assembler",
  "strip",
  "archiver",
  "shell",
  "other",
]);

/** The diagnosis for a compiler or linker that searched its default folders, no sysroot being in effect. */
export function missingSysroot(
  leak: Leak,
  lineage: Lineage,
  context: BuildContext,
): Diagnosis | null {
  const { actor } = leak.sightings[0];
  if (isUnreadable(lineage[0]) || SEARCH_NOTHING.has(actor.role) || hasSysroot(actor, context))
    return null;
  const lost = lostVariables(lineage, sysrootCarriers(lineage));
  if (lost !== null) return lost;
  const driver = driverOf(actor, lineage);
  const [sysroot] = context.layout.sysroots;
  // Debian's cross compilers search the target's folders and the host's in one root: there is no sysroot to give.
  if (context.isBesideHosts) return notInstalled(leak, driver);
  return {
    kind: "missing-flag",
    key: `missing --sysroot for ${nameOf(driver)}`,
    title: `${nameOf(driver)} ran without --sysroot and searched the build host's default folders`,
    variables: [],
    flags: [
      {
        flag: sysroot === undefined ? "--sysroot" : `--sysroot=${toText(sysroot)}`,
        at: placeOf(driver),
      },
    ],
  };
}

/** True where the log has no arguments, or strace cut them so short (-s) that no --sysroot would show. */
function isUnreadable({ argv, argvTruncated }: Tracee): boolean {
  if (argv === null) return true;
  return argvTruncated && argv.slice(1).every((word) => word.length < "-isysroot".length);
}

/** True when the actor, or a driver that started it, was given a sysroot other than the host's root. */
function hasSysroot(actor: Actor, { zoneOf }: BuildContext): boolean {
  for (let at: Actor | null = actor; at !== null; at = at.parent) {
    const { sysroot } = at.evidence;
    if (sysroot !== null) return sysroot !== "/" && zoneOf(sysroot) !== "host";
    if (at !== actor && !at.tool.driver && at.role !== "linker") return false;
  }
  return false;
}

/** Lost variables that gave a sysroot; the others are of no interest here. */
function sysrootCarriers(lineage: Lineage): Standings {
  const carriers = CARRIERS.map((name): [string, Standing] => [name, standingOf(lineage, name)]);
  return new Map(
    carriers.filter(
      ([, standing]) => standing.state === "lost" && standing.value.includes("--sysroot"),
    ),
  );
}

/** The compiler driver that people call: the topmost of the compilers and linkers above the leak. */
function driverOf(actor: Actor, lineage: Lineage): Tracee {
  let top = actor;
  for (let at: Actor | null = actor; at !== null; at = at.parent) {
    if (at !== actor && !at.tool.driver && at.role !== "linker" && at.role !== "compiler") break;
    top = at;
  }
  // Without forks in the log, the driver is nobody's parent there.
  return lineage.find(({ program }) => program === top.program) ?? top.first;
}

/**
 * In such a root, the host's file is found where the target's package is not installed. Null where it is, and for the
 * headers of another machine, which no such compiler searches for; a linker may come to libraries by the host's ld.so.conf.
 */
function notInstalled({ facts, expected }: Leak, driver: Tracee): Diagnosis | null {
  const isSearchedByNone =
    facts.use === "compile" && /^\/usr\/include\/[^/]+-linux-[^/]+\//.test(facts.path);
  if (isSearchedByNone || expected?.exists === true) return null;
  const took = facts.rejected ? "looked at" : "took";
  return {
    kind: "missing-dependency",
    key: "missing in the multiarch root",
    title: `The target has no ${shortName(facts.path)}, so ${nameOf(driver)} ${took} the build host's`,
    variables: [],
    flags: [],
  };
}
