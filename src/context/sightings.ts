import type { FactOutcome } from "../model/facts.ts";
import { USES } from "../model/facts.ts";
import type { Mutable } from "../model/mutable.ts";
import type { PathId } from "../model/path-table.ts";
import type { Fate, Proof, Sighting } from "../model/sighting.ts";

const MOST_PROOFS = 5;
/** Places that one program copied one file to: more than these say no more. */
const MOST_COPIES = 64;
const FATES: readonly Fate[] = ["none", "taken", "searched"];
const OUTCOMES: readonly FactOutcome[] = [
  "opened",
  "found",
  "listed",
  "executed",
  "copied",
  "missing",
];

/** What one access adds; `copy` is where it was copied to, 0 for nowhere. */
export interface SightingOf extends Omit<Sighting, "copies" | "count" | "proofs"> {
  readonly copy: PathId;
}

/** Folds accesses: memory grows with (actor, path) pairs, not with lines. */
export class Sightings {
  readonly #byKey: Map<
    number,
    Mutable<Sighting> & { readonly proofs: Proof[]; readonly copies: PathId[] }
  > = new Map();

  add({ copy, ...of }: SightingOf, proof: Proof): Sighting {
    const key = keyOf(of);
    const known = this.#byKey.get(key);
    if (known === undefined) {
      const sighting = { ...of, copies: copy === 0 ? [] : [copy], count: 1, proofs: [proof] };
      this.#byKey.set(key, sighting);
      return sighting;
    }
    known.count++;
    if (copy !== 0 && known.copies.length < MOST_COPIES && !known.copies.includes(copy))
      known.copies.push(copy);
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
function keyOf(of: Omit<SightingOf, "copy">): number {
  const rest =
    (USES.indexOf(of.use) * OUTCOMES.length + OUTCOMES.indexOf(of.outcome)) * FATES.length +
    FATES.indexOf(of.fate);
  return (of.actor.id * 2 ** 27 + of.path) * 256 + rest;
}
