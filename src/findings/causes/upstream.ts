import type { Leak } from "../../model/leak.ts";
import type { Tracee } from "../../model/tracee.ts";
import type { CarriedFlag } from "./diagnosis.ts";
import type { Origin } from "./origins.ts";

const MOST_STEPS = 2048;

/**
 * Where a stray flag came from: of the origins that ran before its first holder and could have answered with this
 * flag, the one nearest to it in the process tree, those first that found the very file. Null when none could.
 */
export function upstreamOf(
  { flag, holder }: CarriedFlag,
  leak: Leak,
  origins: readonly Origin[],
): Origin | null {
  const distances = ancestryOf(holder);
  const [proof] = leak.sightings[0].proofs;
  let best: Origin | null = null;
  let nearest = Number.POSITIVE_INFINITY;
  let isFound = false;
  for (const origin of origins) {
    if (!origin.couldAnswer(flag)) continue;
    const distance = distanceTo(origin.tracee, distances);
    const finds = origin.found(flag);
    if (distance === null || (finds === isFound ? distance >= nearest : isFound)) continue;
    // What a process asked itself came after its own beginning.
    const by = distance === 0 ? (proof?.line ?? holder.line) : holder.line;
    if (!ranBefore(origin, proof?.source, by)) continue;
    nearest = distance;
    isFound = finds;
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
function ranBefore({ tracee, source }: Origin, where: string | undefined, line: number): boolean {
  return source !== where || source === undefined || tracee.line < line;
}
