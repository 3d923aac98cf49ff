import type { Scanner } from "./scanner.ts";

const NEWLINE = 0x0a;

/** Who reads what lies in the region; all by address in the scanner's memory. */
export interface LineReader {
  /** Reads whole lines from `from` to `end`, some of them at least; returns where to go on. */
  lines(from: number, end: number): number;
  /** Takes a piece of a line that is too long for the region. */
  piece(from: number, end: number): void;
}

/** The part of the scanner's memory that input goes to. What is left of it, half a line, waits at its front for more. */
export class InputRegion {
  readonly #scanner: Scanner;
  readonly #reader: LineReader;
  /** Bytes of the region that are filled. */
  #filled = 0;
  /** Inside of a line that is too long for the region. */
  #long = false;

  constructor(scanner: Scanner, reader: LineReader) {
    this.#scanner = scanner;
    this.#reader = reader;
  }

  /** Where the next chunk is best put: behind what is left of the last one. */
  room(): Uint8Array {
    const { memory, input, inputBytes } = this.#scanner;
    return memory.subarray(input + this.#filled, input + inputBytes);
  }

  write(chunk: Uint8Array): void {
    const { memory, input, inputBytes } = this.#scanner;
    for (let at = 0; at < chunk.length; ) {
      const place = input + this.#filled;
      const length = Math.min(chunk.length - at, inputBytes - this.#filled);
      if (chunk.buffer !== memory.buffer || chunk.byteOffset + at !== place) {
        memory.set(chunk.subarray(at, at + length), place);
      }
      at += length;
      this.#filled += length;
      this.#read();
    }
  }

  /** No more is to come: the reader gets what is left. */
  end(): void {
    const { input } = this.#scanner;
    this.#reader.piece(input, input + this.#filled);
    this.#filled = 0;
  }

  /** Has all whole lines read, and moves what is left to the front. */
  #read(): void {
    const { memory, input, inputBytes } = this.#scanner;
    const filled = input + this.#filled;
    let from = this.#long ? this.#endLongLine(filled) : input;
    const end = memory.subarray(input, filled).lastIndexOf(NEWLINE) + 1 + input;
    while (from < end) from = this.#reader.lines(from, end);
    // What is left fills half of the region: no room for a chunk behind it.
    if (filled - from > inputBytes / 2) {
      this.#reader.piece(from, filled);
      this.#long = true;
      from = filled;
    }
    memory.copyWithin(input, from, filled);
    this.#filled = filled - from;
  }

  #endLongLine(filled: number): number {
    const { memory, input } = this.#scanner;
    const newline = memory.subarray(input, filled).indexOf(NEWLINE);
    const end = newline < 0 ? filled : input + newline + 1;
    this.#reader.piece(input, end);
    this.#long = newline < 0;
    return end;
  }
}
