import type { Tracee } from "../model/tracee.ts";
import type { LiveTracee } from "./live-tracee.ts";
import type { Task } from "./task.ts";

/** Processes that live at once: as many as Linux has pids by default. A log without exits ends none. */
export const MOST_ALIVE = 32_768;
/** So many are let go at a time, since finding them looks at all. */
const LET_GO = MOST_ALIVE / 4;

/**
 * Whom to let go where too many seem to live: those that were silent longest, but first those without a child that
 * lives. Whoever waits for children is silent for hours, and comes back.
 */
export function quietest(tasks: Iterable<Task>): readonly LiveTracee[] {
  const tracees = new Set<LiveTracee>();
  for (const { tracee } of tasks) tracees.add(tracee);
  const above = new Set<Tracee>();
  for (const tracee of tracees)
    for (let at = tracee.parent; at !== null && !above.has(at); at = at.parent) above.add(at);
  return [...tracees]
    .sort((a, b) => Number(above.has(a)) - Number(above.has(b)) || a.heard - b.heard)
    .slice(0, LET_GO);
}
