import type { Syscall } from "../model/syscall.ts";

/** Calls after which a log without a failed one shows successes alone (-z): every program looks for something in vain. */
const ENOUGH = 100;
/** How long a whole call waits, in ms, for a half call before it: somebody may be watching. */
const PATIENCE_MS = 450;

/** A line that waits until it shows which kind of log it is of, or for one that does. */
interface Waiting {
  readonly line: string;
  readonly pending: boolean;
}

/**
 * The lines that `hostbleed events` prints. Of a log of successes alone, those of calls whose end is missing are left
 * out: up to 6.7, -z writes the first half of a call that it drops then, or loses the other half, and nobody knows
 * whether it was a success.
 */
export class EventLines {
  #text = "";
  /** Calls so far, until it shows which kind of log it is; null from then on. */
  #calls: number | null = 0;
  /** From the first half call on, which nobody knows yet whether to print. */
  #waiting: Waiting[] = [];
  #waitingSince: number | null = null;
  #successesAlone = false;

  add({ pending, errno }: Syscall, line: string): void {
    if (errno !== null) this.#settle(false);
    if (this.#calls === null) {
      this.#print(line, pending);
      return;
    }
    if (pending || this.#waiting.length > 0) this.#waiting.push({ line, pending });
    else this.#text += line;
    this.#calls += 1;
    if (this.#calls >= ENOUGH) this.#settle(true);
  }

  /** What is to be printed at the moment `now`, in ms. */
  take(now: number): string {
    if (this.#waiting.length > 0) {
      this.#waitingSince ??= now;
      if (now - this.#waitingSince > PATIENCE_MS) this.#overtake();
    }
    const text = this.#text;
    this.#text = "";
    return text;
  }

  /** Ends the log: a short one may well show no failure. */
  end(): void {
    if (this.#calls !== null) this.#settle(false);
  }

  /** Whole calls go first: the half ones among them carry their lines' numbers. */
  #overtake(): void {
    for (const { line, pending } of this.#waiting) if (!pending) this.#text += line;
    this.#waiting = this.#waiting.filter(({ pending }) => pending);
    this.#waitingSince = null;
  }

  #settle(successesAlone: boolean): void {
    this.#calls = null;
    this.#successesAlone = successesAlone;
    for (const { line, pending } of this.#waiting) this.#print(line, pending);
    this.#waiting = [];
  }

  #print(line: string, pending: boolean): void {
    if (!pending || !this.#successesAlone) this.#text += line;
  }
}
