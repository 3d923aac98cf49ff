import type { Syscall } from "../model/syscall.ts";
import type { CallRow, Effect } from "./calls.ts";

/** Calls after which the silence of a log counts as evidence. */
const LONG_ENOUGH = 50;

/** Where one of these is seen, fchdir is too. */
const ON_FDS: ReadonlySet<Effect> = new Set(["close", "dup", "fchdir", "fcntl", "transfer"]);

/**
 * Whether a log shows what folders and descriptors depend on. `-e trace=%file` hides fchdir, dup and close:
 * what was opened as 3 may long be something else. A long log without a single close is one of those.
 */
export class Trust {
  readonly #lenient: boolean;
  #calls = 0;
  #closes = 0;
  #onFds = 0;
  #successes = 0;
  #lost = false;

  /** `lenient`: for a judgement, which weighs what it finds, the likely folder is better than none. */
  constructor(lenient: boolean) {
    this.#lenient = lenient;
  }

  saw(call: Syscall, row: CallRow): void {
    this.#calls += 1;
    if (row.effect === "close") this.#closes += 1;
    if (ON_FDS.has(row.effect)) this.#onFds += 1;
    if (call.result !== null && call.errno === null) this.#successes += 1;
  }

  /** The log has shown that nothing in it can be followed. */
  giveUp(): void {
    this.#lost = true;
  }

  get isLost(): boolean {
    return this.#lost;
  }

  get inFds(): boolean {
    if (this.#lost) return false;
    return this.#lenient || this.#calls < LONG_ENOUGH || (this.#closes > 0 && this.#successes > 0);
  }

  get inFolders(): boolean {
    if (this.#lost) return false;
    return this.#lenient || this.#calls < LONG_ENOUGH || (this.#onFds > 0 && this.#successes > 0);
  }
}
