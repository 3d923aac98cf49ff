import type { Actor } from "../../model/actor.ts";
import type { FactOutcome, Use } from "../../model/facts.ts";
import { FACT_OUTCOMES, USES } from "../../model/facts.ts";
import type { Mutable } from "../../model/mutable.ts";
import type { PathId } from "../../model/path-table.ts";
import type { Fate, Proof, Sighting } from "../../model/sighting.ts";
import { Answers } from "./answers.ts";

/** Proofs that are kept of a sighting. */
export const MOST_PROOFS = 5;
/** Paths that one program uses in one way, and all: a build that exceeds them has been told enough. */
const MOST_ALIKE = 50_000;
const MOST = 100_000;
/** Places that one program copied one file to: more than these say no more. */
const MOST_COPIES = 64;
const FATES: readonly Fate[] = ["none", "taken", "searched", "alone"];

/** What one access adds; `copy` is where it was copied to, 0 for nowhere. */
export interface SightingOf extends Omit<Sighting, "copies" | "count" | "proofs"> {
  readonly copy: PathId;
}

type Kept = Mutable<Sighting> & { readonly proofs: Proof[]; readonly copies: PathId[] };

/** Folds accesses: memory grows with (actor, path) pairs, not with lines, and up to a bound. */
export class Sightings {
  /** Accesses beyond the bound: counted, and judged by nobody. */
  omitted = 0;
  /** What pkg-config read together. */
  readonly answers: Answers = new Answers();
  readonly #all: Kept[] = [];
  readonly #byDeed: Map<number, Map<PathId, Kept>> = new Map();

  /** Counts one more access like others that have shown all that is kept of them; null where there is more to keep. */
  again(
    actor: Actor,
    path: PathId,
    use: Use,
    outcome: FactOutcome,
    fate: Fate,
    copy: PathId,
  ): Mutable<Sighting> | null {
    if (copy !== 0) return null;
    const known = this.#byDeed.get(deedOf(actor, use, outcome, fate))?.get(path);
    if (known === undefined || known.proofs.length < MOST_PROOFS) return null;
    known.count++;
    return known;
  }

  /** Null for one that is not kept. */
  add({ copy, ...of }: SightingOf, proof: Proof): Mutable<Sighting> | null {
    const deed = deedOf(of.actor, of.use, of.outcome, of.fate);
    const byPath = this.#byDeed.get(deed) ?? new Map<PathId, Kept>();
    const known = byPath.get(of.path);
    if (known === undefined) {
      if (byPath.size >= MOST_ALIKE || this.#all.length >= MOST) {
        this.omitted++;
        return null;
      }
      const sighting = { ...of, copies: copy === 0 ? [] : [copy], count: 1, proofs: [proof] };
      if (byPath.size === 0) this.#byDeed.set(deed, byPath);
      byPath.set(of.path, sighting);
      this.#all.push(sighting);
      return sighting;
    }
    known.count++;
    if (copy !== 0 && known.copies.length < MOST_COPIES && !known.copies.includes(copy))
      known.copies.push(copy);
    if (known.proofs.length < MOST_PROOFS) known.proofs.push(proof);
    return known;
  }

  all(): readonly Sighting[] {
    return this.#all;
  }

  get size(): number {
    return this.#all.length;
  }
}

/** Who did what, as one small integer: V8 hashes those, and a key of a pair as a fraction or string costs ten times as much. */
function deedOf(actor: Actor, use: Use, outcome: FactOutcome, fate: Fate): number {
  const deed =
    (USES.indexOf(use) * FACT_OUTCOMES.length + FACT_OUTCOMES.indexOf(outcome)) * FATES.length +
    FATES.indexOf(fate);
  return actor.id * 256 + deed;
}
