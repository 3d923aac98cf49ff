/** Bytes that may wait to be taken, a power of 2. */
const RING_BYTES = 4 << 20;
/** Largest piece that is taken. To be woken costs as much as to copy 100 KB: so nobody is for less than this. */
const PIECE_BYTES = 512 << 10;
/** How often to look whether the other thread has left without a word. */
const LOOK_MS = 1000;

/** 32-bit words that the two threads share: counters that only grow (and wrap), each written by one of them. */
const WORD = {
  /** By the writer: bytes put in so far. */
  put: 0,
  /** By the reader: bytes taken out so far. */
  taken: 1,
  /** By the reader: how many must have been put in before it goes on. */
  wanted: 2,
  /** By the writer: how many must have been taken out before it goes on. */
  lacking: 3,
  /** By the writer: 1 when no more is to come. */
  ended: 4,
  /** By the reader: 1 when it wants no more. */
  closed: 5,
} as const;

/** What a {@link ByteRing} is made of, for the other thread. */
export interface RingMemory {
  readonly words: Int32Array;
  readonly bytes: Uint8Array;
}

export function newRingMemory(): RingMemory {
  return {
    words: new Int32Array(new SharedArrayBuffer(4 * Object.keys(WORD).length)),
    bytes: new Uint8Array(new SharedArrayBuffer(RING_BYTES)),
  };
}

/** A pipe in memory: one thread puts bytes in, another takes them out, both in order. */
export class ByteRing {
  readonly #words: Int32Array;
  readonly #bytes: Uint8Array;

  constructor({ words, bytes }: RingMemory) {
    this.#words = words;
    this.#bytes = bytes;
  }

  /** Copies all of `chunk` in, as soon as there is room; false when the reader wants no more. */
  put(chunk: Uint8Array): boolean {
    const words = this.#words;
    for (let at = 0; at < chunk.length; ) {
      const put = Atomics.load(words, WORD.put);
      const free = RING_BYTES - between(Atomics.load(words, WORD.taken), put);
      if (free === 0) {
        if (!this.#awaitRoom((put - RING_BYTES / 2) | 0)) return false;
        continue;
      }
      const place = placeOf(put);
      const length = Math.min(free, RING_BYTES - place, chunk.length - at);
      this.#bytes.set(chunk.subarray(at, at + length), place);
      at += length;
      Atomics.store(words, WORD.put, (put + length) | 0);
      const wanted = Atomics.load(words, WORD.wanted);
      if (between(wanted, put + length) >= 0) Atomics.notify(words, WORD.put);
    }
    return Atomics.load(words, WORD.closed) === 0;
  }

  /** No more is to come. */
  end(): void {
    Atomics.store(this.#words, WORD.ended, 1);
    Atomics.notify(this.#words, WORD.put);
  }

  /** All was taken, and no more is to come. */
  get isOver(): boolean {
    const words = this.#words;
    // Asked in this order, or bytes could come in between.
    if (Atomics.load(words, WORD.ended) === 0) return false;
    return Atomics.load(words, WORD.put) === Atomics.load(words, WORD.taken);
  }

  /** The next bytes, which stay as they are until they are {@link taken}; null when too few came within so many ms. */
  next(patienceMs: number): Uint8Array | null {
    const words = this.#words;
    const taken = Atomics.load(words, WORD.taken);
    Atomics.store(words, WORD.wanted, (taken + PIECE_BYTES) | 0);
    const deadline = performance.now() + patienceMs;
    for (;;) {
      const isAll = Atomics.load(words, WORD.ended) === 1;
      const put = Atomics.load(words, WORD.put);
      const length = between(taken, put);
      if (length >= PIECE_BYTES || (isAll && length > 0)) {
        const place = placeOf(taken);
        return this.#bytes.subarray(
          place,
          Math.min(place + PIECE_BYTES, place + length, RING_BYTES),
        );
      }
      const left = deadline - performance.now();
      if (isAll || left <= 0) return null;
      Atomics.wait(words, WORD.put, put, left);
    }
  }

  /** Makes room: so many of the bytes that {@link next} returned are not needed any more. */
  taken(length: number): void {
    const words = this.#words;
    const taken = (Atomics.load(words, WORD.taken) + length) | 0;
    Atomics.store(words, WORD.taken, taken);
    if (between(Atomics.load(words, WORD.lacking), taken) >= 0) Atomics.notify(words, WORD.taken);
  }

  /** The reader wants no more. */
  close(): void {
    Atomics.store(this.#words, WORD.closed, 1);
    Atomics.notify(this.#words, WORD.taken);
  }

  /** Half of the ring at a time, so that the writer is not woken for each piece that is taken. */
  #awaitRoom(lacking: number): boolean {
    const words = this.#words;
    Atomics.store(words, WORD.lacking, lacking);
    for (;;) {
      const taken = Atomics.load(words, WORD.taken);
      if (between(lacking, taken) >= 0) return true;
      if (Atomics.load(words, WORD.closed) === 1) return false;
      Atomics.wait(words, WORD.taken, taken, LOOK_MS);
    }
  }
}

/** How far one counter is ahead of another; they may have wrapped meanwhile. */
function between(from: number, to: number): number {
  return (to - from) | 0;
}

function placeOf(counter: number): number {
  return counter & (RING_BYTES - 1);
}
