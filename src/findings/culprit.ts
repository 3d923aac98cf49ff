import type { Leak } from "../model/leak.ts";
import type { Sighting } from "../model/sighting.ts";
import type { Tracee } from "../model/tracee.ts";

/**
 * The tracee to blame for a sighting. A thread in a log without clone has no program of its own: what is known of
 * it is known of its actor's first tracee.
 */
export function culpritIn({ tracee, actor }: Sighting): Tracee {
  return tracee.program === null && actor.program !== null ? actor.first : tracee;
}

/** The tracee that a leak is told by: the first in the log. */
export function culpritOf({ sightings }: Leak): Tracee {
  return culpritIn(sightings[0]);
}
