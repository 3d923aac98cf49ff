/** 32-bit words that the two threads share: counters that only grow (and wrap), each written by one of them. */
export const TURN = {
  /** By the thread that scans: 1 once it is there. */
  ready: 0,
  /** By the reader: pieces of input that wait to be scanned, all in all. */
  submitted: 1,
  /** By the thread that scans: blocks that were filled. */
  filled: 2,
  /** By the reader: blocks that were read. */
  read: 3,
  /** By the thread that scans: how many must be read before it goes on. */
  wanted: 6,
  /** By the reader: 1 when no more is to come. */
  closed: 4,
  /** By the thread that scans: 1 when it failed. */
  failed: 5,
} as const;

const WORDS = 8;
/** Pieces of input that can wait; two words say where each begins and ends. */
export const PIECES = 8;

export type Turns = Int32Array;

export function newTurns(): Turns {
  return new Int32Array(new SharedArrayBuffer(4 * (WORDS + 2 * PIECES)));
}

/** Where the words of a piece are. */
export function pieceAt(number: number): number {
  return WORDS + 2 * (number & (PIECES - 1));
}

/** Grows a counter, and wakes who waits for it. */
export function take(turns: Turns, word: number): void {
  Atomics.add(turns, word, 1);
  Atomics.notify(turns, word);
}
