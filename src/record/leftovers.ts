import { setTimeout as pause } from "node:timers/promises";
import { isAlive, processorTicks, traceesOf } from "./tracees.ts";

/** Between two looks. */
const LOOK_MS = 500;
/** Without work for so long, what is left waits for a client that will not come. */
const PATIENCE_MS = 5_000;
/** Processor time between two looks that a process may take and still count as idle: daemons have timers. */
const IDLE_TICKS = 3;

/**
 * Waits for the end of a command whose processes stay: the server of a compiler cache (meson starts sccache's by
 * itself), a daemon of gradle. strace ends after its last tracee, so a build would wait for hours for such a one.
 * Work in the background, `make &`, is waited for.
 * @param command the pid of the command's own process, as soon as it is known
 * @returns pids of what is left, and idle; empty when the signal came before
 */
export async function leftBy(
  command: () => number | null,
  { tracer, signal }: { readonly tracer: number; readonly signal: AbortSignal },
): Promise<readonly number[]> {
  let before: ReadonlyMap<number, number> = new Map();
  let idleSince = performance.now();
  while (!signal.aborted) {
    const pid = command();
    const now = new Map<number, number>();
    if (pid !== null && !isAlive(pid))
      for (const left of traceesOf(tracer)) now.set(left, processorTicks(left));
    if (now.size === 0 || !isIdle(before, now)) idleSince = performance.now();
    if (performance.now() - idleSince >= PATIENCE_MS) return [...now.keys()];
    before = now;
    // Unreferenced: nothing must wait for a look at what may be gone.
    await pause(LOOK_MS, undefined, { ref: false });
  }
  return [];
}

/** Whether they are the same processes, and none has worked: each that began or ended was work. */
function isIdle(before: ReadonlyMap<number, number>, now: ReadonlyMap<number, number>): boolean {
  return (
    before.size === now.size &&
    [...now].every(([pid, ticks]) => ticks - (before.get(pid) ?? -Infinity) <= IDLE_TICKS)
  );
}
