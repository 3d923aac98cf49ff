import type { Syscall } from "../model/syscall.ts";

/** Calls after which a log without a failed one shows successes alone (-z): every program looks for something in vain. */
const ENOUGH = 100;

/**
 * The lines that `hostbleed events` prints. Of a log of successes alone, those of calls whose end is missing are left
 * out: up to 6.7, -z writes the first half of a call that it drops then, or loses the other half, and nobody knows
 * whether it was a success.
 */
export class EventLines {
  #text = "";
  /** The first lines, until it shows which kind of log it is. */
  #early: { readonly line: string; readonly pending: boolean }[] | null = [];
  #successesAlone = false;

  add({ pending, errno }: Syscall, line: string): void {
    if (errno !== null) this.#settle(false);
    if (this.#early === null) this.#print(line, pending);
    else if (this.#early.push({ line, pending }) >= ENOUGH) this.#settle(true);
  }

  /** What is to be printed now. */
  take(): string {
    const text = this.#text;
    this.#text = "";
    return text;
  }

  /** Ends the log: a short one may well show no failure. */
  end(): void {
    this.#settle(false);
  }

  #settle(successesAlone: boolean): void {
    this.#successesAlone = successesAlone;
    for (const { line, pending } of this.#early ?? []) this.#print(line, pending);
    this.#early = null;
  }

  #print(line: string, pending: boolean): void {
    if (!pending || !this.#successesAlone) this.#text += line;
  }
}
