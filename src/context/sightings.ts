import type { FactOutcome } from "../model/facts.ts";
import { USES } from "../model/facts.ts";
import type { Mutable } from "../model/mutable.ts";
import type { Fate, Proof, Sighting } from "../model/sighting.ts";

const MOST_PROOFS = 5;
const FATES: readonly Fate[] = ["none", "taken", "searched"];
const OUTCOMES: readonly FactOutcome[] = [
  "opened",
  "found",
  "listed",
  "executed",
  "copied",
  "missing",
];

/** What one access adds. */
export type SightingOf = Omit<Sighting, "count" | "proofs">;

/** Folds accesses: memory grows with (actor, path) pairs, not with lines. */
export class Sightings {
  readonly #byKey: Map<number, Mutable<Sighting> & { readonly proofs: Proof[] }> = new Map();

  add(of: SightingOf, proof: Proof): Sighting {
    const key = keyOf(of);
    const known = this.#byKey.get(key);
    if (known === undefined) {
      const sighting = { ...of, count: 1, proofs: [proof] };
      this.#byKey.set(key, sighting);
      return sighting;
    }
    known.count++;
    if (known.proofs.length < MOST_PROOFS) known.proofs.push(proof);
    return known;
  }

  all(): IterableIterator<Sighting> {
    return this.#byKey.values();
  }

  get size(): number {
    return this.#byKey.size;
  }
}

/** One number for a Map key: 18 bits of actor, 27 of path, 8 for the rest. A string key was seen to cost ten times as much. */
function keyOf(of: SightingOf): number {
  const rest =
    (USES.indexOf(of.use) * OUTCOMES.length + OUTCOMES.indexOf(of.outcome)) * FATES.length +
    FATES.indexOf(of.fate);
  return (of.actor.id * 2 ** 27 + of.path) * 256 + rest;
}
