import { readFileSync } from "node:fs";

/** Between two looks at the cores: the kernel counts their time in steps of 10 ms. */
const LOOK_MS = 100;
/** What must be left of a core: less is the gaps between a busy build's own processes. */
const ENOUGH = 0.5;
/** USER_HZ, which Linux has fixed at 100 a second for all that it tells user space. */
const TICK_MS = 10;

/**
 * Tells whether a core stands idle, or would without us: a judgement made meanwhile takes nothing from the build. Where
 * the machine does not say, it is taken for idle.
 */
export class Leisure {
  #at = performance.now();
  #idle = idleTicks();
  #own = ownMs();
  #free = true;

  free(): boolean {
    const now = performance.now();
    const elapsed = now - this.#at;
    if (elapsed < LOOK_MS) return this.#free;
    const idle = idleTicks();
    const own = ownMs();
    if (idle !== null && this.#idle !== null)
      this.#free = (idle - this.#idle) * TICK_MS + (own - this.#own) >= ENOUGH * elapsed;
    this.#at = now;
    this.#idle = idle;
    this.#own = own;
    return this.#free;
  }
}

/** Idle time of all cores together, waiting for disks included, in ticks; null where it cannot be read. */
function idleTicks(): number | null {
  try {
    const [, , , , idle, waiting] = readFileSync("/proc/stat", "latin1").split(/\s+/, 6);
    const ticks = Number(idle) + Number(waiting);
    return Number.isNaN(ticks) ? null : ticks;
  } catch {
    return null;
  }
}

function ownMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e3;
}
