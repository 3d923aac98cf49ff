import type { Tracee } from "../model/tracee.ts";
import type { Journal } from "./journal.ts";

/** bindgen runs some hundred children before its threads; farther apart, two pids are related by chance. */
const FARTHEST = 1024;

/**
 * In a log without fork and clone a thread is a pid out of nowhere. Pids are given in order, so the nearest
 * lower one that lives and is known is the process that it belongs to; null when none is near enough.
 */
export function neighbourOf({ born, pid }: Tracee, live: Iterable<Journal>): Journal | null {
  if (born !== "unknown" || pid === null) return null;
  let best: Journal | null = null;
  for (const journal of live) {
    const { pid: other, program } = journal.tracee;
    if (other === null || program === null || other >= pid || pid - other > FARTHEST) continue;
    if (best === null || other > (best.tracee.pid ?? 0)) best = journal;
  }
  return best;
}
