import type { Actor } from "../../model/actor.ts";
import type { Role } from "../../model/facts.ts";
import type { Mutable } from "../../model/mutable.ts";
import type { PathId } from "../../model/path-table.ts";
import type { Sighting, Work } from "../../model/sighting.ts";
import { MOST_PROOFS } from "./sightings.ts";
import { consume } from "./works.ts";

const READERS: ReadonlySet<Role> = new Set<Role>(["compiler", "preprocessor"]);

/**
 * Headers that a compiler read so often that another time adds nothing but to a count. What it read them for
 * depends on nothing else: no linker's search, no copy. Half of what a cross compiler opens is such a header.
 */
export class Familiar {
  /** By the actor's number. */
  readonly #sightings: Map<PathId, Mutable<Sighting>>[] = [];

  /** Takes note of a sighting that was added to, and may be familiar from now on. */
  meet(sighting: Mutable<Sighting>): void {
    const { actor, use, proofs, fate, maker, path } = sighting;
    if (proofs.length < MOST_PROOFS || use !== "compile" || fate !== "none") return;
    if (maker !== null || !READERS.has(actor.role)) return;
    const known = this.#sightings[actor.id] ?? new Map<PathId, Mutable<Sighting>>();
    known.set(path, sighting);
    this.#sightings[actor.id] = known;
  }

  /** Counts another read of a familiar header; false for what is not. */
  count(actor: Actor, work: Work, path: PathId): boolean {
    const sighting = this.#sightings[actor.id]?.get(path);
    if (sighting === undefined) return false;
    sighting.count++;
    consume(work, sighting);
    return true;
  }
}
