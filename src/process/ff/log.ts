import type { FfFile } from "./file.ts";
import { Stretches } from "./stretches.ts";

/** Lines of one file that come together. */
export interface Stretch {
  readonly file: FfFile;
  /** Asked behind each line, when the next one of the file is at hand: whether that one belongs to the stretch too. */
  goesOn(): boolean;
}

/** Bytes that are handed on at once, where the reader has no room of its own. */
const CHUNK_BYTES = 1 << 19;
const ENCODER = new TextEncoder();

/**
 * The files of a `strace -ff` set as the one log that `strace -f -o` would have written, each line with its pid in
 * front: so there is one way to read logs. A quarter of the time that a parser for each file took.
 */
export class FfLog {
  readonly numbers: Stretches = new Stretches();
  readonly #order: AsyncIterable<Stretch>;

  /** `order` tells which lines come after which. */
  constructor(order: AsyncIterable<Stretch>) {
    this.#order = order;
  }

  /** The bytes of the log; `room` tells where the next ones are best put. */
  async *chunks(room: () => Uint8Array = ownRoom()): AsyncGenerator<Uint8Array> {
    const chunk = new Chunk(room);
    let line = 1;
    for await (const { file, goesOn } of this.#order) {
      const label = ENCODER.encode(`${file.pid} `);
      this.numbers.begin(line, file.line);
      do {
        for (let at = file.needsLabel ? 0 : label.length; at < label.length; ) {
          at = chunk.put(label, at, label.length);
          if (chunk.isFull) yield* chunk.handOn();
        }
        for (let at = file.from; at <= file.stop; ) {
          at = chunk.put(file.bytes, at, file.stop + 1);
          if (chunk.isFull) yield* chunk.handOn();
        }
        line += 1;
      } while ((file.advance() || (await file.load())) && goesOn());
    }
    yield* chunk.handOn();
  }
}

/** What is handed on next. */
class Chunk {
  readonly #room: () => Uint8Array;
  #bytes: Uint8Array;
  #filled = 0;

  constructor(room: () => Uint8Array) {
    this.#room = room;
    this.#bytes = room();
  }

  get isFull(): boolean {
    return this.#filled === this.#bytes.length;
  }

  /** Puts as many of the bytes `[from, end)` into it as there is room for; returns where the others begin. */
  put(bytes: Uint8Array, from: number, end: number): number {
    const stop = Math.min(end, from + this.#bytes.length - this.#filled);
    this.#bytes.set(bytes.subarray(from, stop), this.#filled);
    this.#filled += stop - from;
    return stop;
  }

  /** Room is asked for when what was handed on has been read. */
  *handOn(): Generator<Uint8Array> {
    if (this.#filled > 0) yield this.#bytes.subarray(0, this.#filled);
    this.#bytes = this.#room();
    this.#filled = 0;
  }
}

function ownRoom(): () => Uint8Array {
  const own = new Uint8Array(CHUNK_BYTES);
  return () => own;
}
