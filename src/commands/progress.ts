import type { Writable } from "node:stream";
import { thousands } from "../report/words.ts";
import { type CommandContext, isTerminal } from "./context.ts";

/** How far a run is. */
export interface ProgressPoint {
  /** Bytes of input read. */
  readonly bytes: number;
  /** Bytes there are; null when unknown, as for a pipe. */
  readonly total: number | null;
  readonly leaks: number;
}

/** Progress is for a person at a terminal: never in CI, in a file, or where it was asked not to. */
export function showsProgress(
  { progress, quiet }: { readonly progress: boolean; readonly quiet: boolean },
  { stderr, env }: CommandContext,
): boolean {
  return progress && !quiet && isTerminal(stderr) && !env.CI && env.TERM !== "dumb";
}

/** One line on a terminal that is written over as the run goes on. */
export class Progress {
  readonly #stream: Writable;
  readonly #now: () => number;
  readonly #start: number;
  #shownAt = 0;
  #shown = false;

  constructor(stream: Writable, now: () => number = () => performance.now()) {
    this.#stream = stream;
    this.#now = now;
    this.#start = now();
  }

  /** Shows where the run is, at most ten times a second, and not before it has taken a moment. */
  update(point: ProgressPoint): void {
    const now = this.#now();
    if (now - Math.max(this.#shownAt, this.#start + FIRST_AFTER - EVERY) < EVERY) return;
    this.#shownAt = now;
    this.#shown = true;
    this.#stream.write(`\r${progressLine(point, (now - this.#start) / 1000)}\x1b[K`);
  }

  /** Leaves the terminal's line empty for what comes next. */
  clear(): void {
    if (this.#shown) this.#stream.write("\r\x1b[K");
    this.#shown = false;
  }
}

const EVERY = 100;
const FIRST_AFTER = 300;

/** `512 MB of 1,024 MB  50 %  230 MB/s  2 s left  3 leaks`. */
function progressLine({ bytes, total, leaks }: ProgressPoint, seconds: number): string {
  const rate = bytes / Math.max(seconds, 1e-3);
  const known = total !== null && total >= bytes && total > 0;
  return [
    known ? `${megabytes(bytes)} of ${megabytes(total)}` : megabytes(bytes),
    ...(known ? [`${Math.floor((100 * bytes) / total)} %`] : []),
    `${megabytes(rate)}/s`,
    ...(known && rate > 0 ? [`${timeOf((total - bytes) / rate)} left`] : []),
    leaks === 1 ? "1 leak" : `${thousands(leaks)} leaks`,
  ].join("  ");
}

function megabytes(bytes: number): string {
  const mega = bytes / 1e6;
  return `${mega < 10 ? mega.toFixed(1) : thousands(Math.round(mega))} MB`;
}

function timeOf(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
