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
  wanted: 4,
  /** By the reader: 1 when no more is to come. */
  closed: 5,
  /** By the thread that scans: 1 when it failed. */
  failed: 6,
} as const;

const WORDS = 8;
/** Pieces of input that can wait, a power of 2, more than there are regions of input; two words say where each begins and ends. */
export const PIECES = 8;

export type Turns = Int32Array;

export function newTurns(): Turns {
  return new Int32Array(new SharedArrayBuffer(4 * (WORDS + 2 * PIECES)));
}

/** Where the words of a piece are. */
export function pieceAt(number: number): number {
  return WORDS + 2 * (number & (PIECES - 1));
}

/** Counts one more, and wakes who waits for it. */
export function announce(turns: Turns, word: number): void {
  Atomics.add(turns, word, 1);
  Atomics.notify(turns, word);
}
