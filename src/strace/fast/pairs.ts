import { NOTES } from "../../model/syscall-sink.ts";

/** A power of two. */
const PAIRS = 1 << 14;

/**
 * What the sink noted of calls whose halves were joined before, by the numbers of both. Each pair has one place, and
 * the next pair of that place takes it over: asking again is cheaper than to look for another one.
 */
export class Pairs {
  readonly notes: Int32Array = new Int32Array(PAIRS * NOTES);
  readonly #begun: Int32Array = new Int32Array(PAIRS);
  readonly #rests: Int32Array = new Int32Array(PAIRS);

  /** Where the notes of a pair begin: all 0 for a new one. */
  place(begun: number, rest: number): number {
    const pair = (Math.imul(begun, 0x9e37) + rest) & (PAIRS - 1);
    if (this.#begun[pair] !== begun || this.#rests[pair] !== rest) {
      this.#begun[pair] = begun;
      this.#rests[pair] = rest;
      this.notes.fill(0, pair * NOTES, (pair + 1) * NOTES);
    }
    return pair * NOTES;
  }

  /** The numbers start again; 0 is none. */
  forget(): void {
    this.#begun.fill(0);
  }
}
