import type { Tracee } from "../model/tracee.ts";
import type { LiveTracee } from "./live-tracee.ts";
import type { Task } from "./task.ts";

/** Processes that live at once: half as many as Linux has pids by default. A log without exits ends none. */
export const MOST_ALIVE = 16_384;
/** So many are let go at a time, since finding them looks at all. */
const LET_GO = MOST_ALIVE / 4;
/** Bytes of arguments that weigh as much as one more process: 2 MB are the most that Linux lets a program have. */
const WEIGHT_BYTES = 4096;
/** What a string costs besides its bytes. */
const STRING_BYTES = 32;

/** What a program's arguments weigh, in processes. */
export function weightOf(argv: LiveTracee["argv"]): number {
  let bytes = 0;
  for (const argument of argv ?? []) bytes += argument.length + STRING_BYTES;
  return 1 + Math.floor(bytes / WEIGHT_BYTES);
}

/**
 * Whom to let go where too many seem to live: those that were silent longest, but first those without a child that
 * lives. Whoever waits for children is silent for hours, and comes back.
 */
export function* quietest(tasks: Iterable<Task>): Iterable<LiveTracee> {
  const tracees = new Set<LiveTracee>();
  for (const { tracee } of tasks) tracees.add(tracee);
  const above = new Set<Tracee>();
  for (const tracee of tracees)
    for (let at = tracee.parent; at !== null && !above.has(at); at = at.parent) above.add(at);
  let weight = 0;
  for (const tracee of [...tracees].sort(
    (a, b) => Number(above.has(a)) - Number(above.has(b)) || a.heard - b.heard,
  )) {
    if (weight >= LET_GO) return;
    weight += tracee.weight;
    yield tracee;
  }
}
