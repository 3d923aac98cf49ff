import type { ByteString } from "../../model/byte-string.ts";
import type { Leak } from "../../model/leak.ts";
import { isWithin, mergeUsr, parentFolder } from "../../model/path.ts";
import type { Tracee } from "../../model/tracee.ts";
import { culpritOf } from "../culprit.ts";
import type { CarriedFlag, Diagnosis } from "./diagnosis.ts";
import { type PathFlag, reaches } from "./path-flags.ts";

/** A leak by which a tool that hands out flags was misled, and why. */
export interface Origin {
  readonly leak: Leak;
  readonly diagnosis: Diagnosis;
}

const MOST_STEPS = 2048;

/** True for a leak whose reader hands out flags: what follows from them follows from it. */
export function handsOutFlags({ facts: { role, use, rejected, outcome } }: Leak): boolean {
  return !rejected && (use === "configure" || outcome === "executed") && role !== "compiler";
}

/**
 * The leak that a stray flag came from: of those that ran before its first holder and could have answered with
 * this flag, the one nearest to it in the process tree. Null when none could.
 */
export function upstreamOf(
  { flag, holder }: CarriedFlag,
  leak: Leak,
  origins: readonly Origin[],
): Origin | null {
  const distances = ancestryOf(holder);
  let best: Origin | null = null;
  let nearest = Number.POSITIVE_INFINITY;
  for (const origin of origins) {
    if (!ranBefore(origin.leak, leak, holder) || !couldAnswer(origin.leak, flag)) continue;
    const distance = distanceTo(culpritOf(origin.leak), distances);
    if (distance === null || distance >= nearest) continue;
    nearest = distance;
    best = origin;
  }
  return best;
}

function ancestryOf(tracee: Tracee): ReadonlyMap<Tracee, number> {
  const distances = new Map<Tracee, number>();
  for (let at: Tracee | null = tracee; at !== null && distances.size < MOST_STEPS; at = at.parent)
    distances.set(at, distances.size);
  return distances;
}

function distanceTo(tracee: Tracee, distances: ReadonlyMap<Tracee, number>): number | null {
  let steps = 0;
  for (let at: Tracee | null = tracee; at !== null && steps < MOST_STEPS; at = at.parent, steps++) {
    const distance = distances.get(at);
    if (distance !== undefined) return distance;
  }
  return null;
}

/** Lines of one log tell what came first; those of the many files of `strace -ff` do not. */
function ranBefore(origin: Leak, leak: Leak, holder: Tracee): boolean {
  const [a] = origin.sightings[0].proofs;
  const [b] = leak.sightings[0].proofs;
  if (a === undefined || b === undefined || a.source !== b.source) return true;
  return culpritOf(origin).line < holder.line;
}

function couldAnswer(leak: Leak, flag: PathFlag): boolean {
  const { facts } = leak;
  switch (facts.role) {
    case "pkg-config":
      return (
        isBelow(flag, prefixOf(facts.path)) &&
        (!isDefault(flag.folder) || keepsDefaults(culpritOf(leak), flag))
      );
    case "config-script":
      return isBelow(flag, mergeUsr(parentFolder(parentFolder(facts.path))));
    default:
      return reaches(flag, facts.path) || isBelow(flag, prefixOf(facts.path));
  }
}

/** `/usr` of `/usr/lib/x86_64-linux-gnu/pkgconfig/openssl.pc`: where the package was installed. */
function prefixOf(path: ByteString): ByteString {
  return mergeUsr(path).replace(/\/(?:lib(?:32|64|x32)?|share|include)\/.*$/, "");
}

function isBelow({ family, folder }: PathFlag, prefix: ByteString): boolean {
  const below = mergeUsr(folder);
  if (!isWithin(below, prefix)) return false;
  return (family === "include" ? INCLUDES : LIBRARIES).test(below.slice(prefix.length));
}

/** Below a prefix, but not below /usr/local, which is one of its own: Homebrew and glib keep headers deeper. */
const INCLUDES = /^(?!\/local\/)(?:\/[^/]+)*\/include(?:\/|$)/;
const LIBRARIES = /^(?!\/local\/)(?:\/[^/]+)*\/lib/;

/** Folders that pkg-config leaves out of its answers, since every compiler searches them. */
function isDefault(folder: ByteString): boolean {
  return /^\/usr\/(?:include|lib(?:32|64|x32)?)(?:\/[^/]+-linux-[^/]+)?$/.test(mergeUsr(folder));
}

/** pkg-config-rs, cmake and meson ask for them all the same, by variables that pkg-config(1) knows. */
function keepsDefaults(tracee: Tracee, { family }: PathFlag): boolean {
  const variables = tracee.environment?.variables;
  if (!variables) return true;
  return variables.has(`PKG_CONFIG_ALLOW_SYSTEM_${family === "include" ? "CFLAGS" : "LIBS"}`);
}
