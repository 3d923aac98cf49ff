import type { Actor } from "../../model/actor.ts";
import type { Mutable } from "../../model/mutable.ts";
import type { Sighting, Work } from "../../model/sighting.ts";
import type { Tracee } from "../../model/tracee.ts";
import type { Journal } from "./journal.ts";

/** A tracee consumes a few hundred foreign files at the most; this bounds a hostile log. */
const MOST_CONSUMED = 100_000;

/**
 * The work that a tracee adds to. An exec goes on with the work of its process: `bindgen x.h > x.rs` is opened by
 * the fork that becomes bindgen. A compiler driver and its children do one work: with -pipe, no file ties what cc1
 * read to what `as` wrote. So does a thread with the process that `near` took it for; but what executes something
 * was no thread.
 */
export function workOf(tracee: Tracee, actor: Actor, near: Journal | null): Mutable<Work> {
  const stranger = tracee.born === "exec" && near?.tracee.born === "unknown";
  const shares = !stranger && (tracee.born !== "fork" || near?.actor.tool.driver === true);
  if (near === null || !shares) return { actor, inputs: [], sightings: [] };
  near.work.actor = actor;
  return near.work;
}

/** A work took a foreign file in. */
export function consume(work: Work, sighting: Sighting): void {
  if (work.sightings.length < MOST_CONSUMED) work.sightings.push(sighting);
}
