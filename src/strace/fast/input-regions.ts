import type { Scanner } from "./scanner.ts";

const NEWLINE = 0x0a;
const REGIONS = 4;

/** Who reads what lies in the regions; all by address in the scanner's memory. */
export interface LineReader {
  /** Reads whole lines, or begins to: true when their bytes are needed later, and another region is free by now. */
  lines(from: number, end: number): boolean;
  /** Takes a piece of a line that is too long for a region, at once. */
  piece(from: number, end: number): void;
}

/**
 * The parts of the scanner's memory that input goes to, by turns where lines are read later. What is left of one, half
 * a line, waits at the front of the next for more.
 */
export class InputRegions {
  /** How many may wait to be read. */
  readonly most: number = REGIONS - 1;
  readonly #scanner: Scanner;
  readonly #reader: LineReader;
  readonly #size: number;
  #region = 0;
  /** Bytes of the region that are filled. */
  #filled = 0;
  /** Inside of a line that is too long for a region. */
  #long = false;

  constructor(scanner: Scanner, reader: LineReader) {
    this.#scanner = scanner;
    this.#reader = reader;
    this.#size = scanner.inputBytes / REGIONS;
  }

  /** Where the next chunk is best put: behind what is left of the last one. */
  room(): Uint8Array {
    const start = this.#start;
    return this.#scanner.memory.subarray(start + this.#filled, start + this.#size);
  }

  /** `gathers`: more is to come at once, so that lines are not read before there are many. */
  write(chunk: Uint8Array, gathers: boolean): void {
    const { memory } = this.#scanner;
    for (let at = 0; at < chunk.length; ) {
      const place = this.#start + this.#filled;
      const length = Math.min(chunk.length - at, this.#size - this.#filled);
      if (chunk.buffer !== memory.buffer || chunk.byteOffset + at !== place) {
        memory.set(chunk.subarray(at, at + length), place);
      }
      at += length;
      this.#filled += length;
      if (!gathers || this.#filled >= this.#size / 2) this.#read();
    }
  }

  /** Has the lines read that were gathered. */
  flush(): void {
    if (this.#filled > 0) this.#read();
  }

  /** No more is to come: the reader gets what is left. */
  end(): void {
    this.flush();
    this.#reader.piece(this.#start, this.#start + this.#filled);
    this.#filled = 0;
  }

  get #start(): number {
    return this.#scanner.input + this.#region * this.#size;
  }

  /** Has all whole lines read, and moves what is left to the front. */
  #read(): void {
    const { memory } = this.#scanner;
    const start = this.#start;
    const filled = start + this.#filled;
    let from = this.#long ? this.#endLongLine(filled) : start;
    const end = memory.subarray(from, filled).lastIndexOf(NEWLINE) + 1 + from;
    if (from < end && this.#reader.lines(from, end)) this.#region = (this.#region + 1) % REGIONS;
    from = end;
    // What is left fills half of the region: no room for a chunk behind it.
    if (filled - from > this.#size / 2) {
      this.#reader.piece(from, filled);
      this.#long = true;
      from = filled;
    }
    memory.copyWithin(this.#start, from, filled);
    this.#filled = filled - from;
  }

  #endLongLine(filled: number): number {
    const { memory } = this.#scanner;
    const start = this.#start;
    const newline = memory.subarray(start, filled).indexOf(NEWLINE);
    const end = newline < 0 ? filled : start + newline + 1;
    this.#reader.piece(start, end);
    this.#long = newline < 0;
    return end;
  }
}
