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
 * The parts of the scanner's memory that input goes to, by turns. Each begins with room for what is left of the one
 * before, half a line: so the next chunk can be read to its place before it is known how much that will be.
 */
export class InputRegions {
  /** How many may wait to be read, while another is filled. */
  readonly most: number = REGIONS - 1;
  readonly #scanner: Scanner;
  readonly #reader: LineReader;
  readonly #size: number;
  readonly #lead: number;
  /** The region that is filled next. */
  #region = 0;
  /** Bytes of it that were copied there and not read yet. */
  #gathered = 0;
  /** Where the half line lies that is left. */
  #restFrom = 0;
  #restEnd = 0;
  /** Inside of a line that is too long. */
  #long = false;

  constructor(scanner: Scanner, reader: LineReader) {
    this.#scanner = scanner;
    this.#reader = reader;
    this.#size = scanner.inputBytes / REGIONS;
    this.#lead = this.#size / 4;
  }

  /** Where the next chunk is best put; another place each time, the last one stays as it is until it is written. */
  room(): Uint8Array {
    this.flush();
    const place = this.#place;
    this.#turn();
    return this.#scanner.memory.subarray(place, place + this.#size - this.#lead);
  }

  /** `gathers`: more is to come at once, so that lines are not read before there are many. */
  write(chunk: Uint8Array, gathers: boolean): void {
    const { memory } = this.#scanner;
    if (chunk.buffer === memory.buffer) {
      this.#read(chunk.byteOffset, chunk.byteOffset + chunk.length);
      return;
    }
    for (let at = 0; at < chunk.length; ) {
      if (this.#gathered === 0) this.#joinRest(this.#place);
      const left = this.#size - this.#lead - this.#gathered;
      const length = Math.min(chunk.length - at, left);
      memory.set(chunk.subarray(at, at + length), this.#place + this.#gathered);
      at += length;
      this.#gathered += length;
      if (!gathers || this.#gathered >= this.#size / 2) this.flush();
    }
  }

  /** Has the lines read that were gathered. */
  flush(): void {
    const from = this.#place;
    const end = from + this.#gathered;
    this.#gathered = 0;
    if (from < end && this.#read(from, end)) this.#turn();
  }

  /** No more is to come: the reader gets what is left. */
  end(): void {
    this.flush();
    this.#reader.piece(this.#restFrom, this.#restEnd);
    this.#restFrom = this.#restEnd;
  }

  get #place(): number {
    return this.#scanner.input + this.#region * this.#size + this.#lead;
  }

  #turn(): void {
    this.#region = (this.#region + 1) % REGIONS;
  }

  /** Has all whole lines read of what is left and what lies in `[from, end)`; true when that is needed later. */
  #read(from: number, end: number): boolean {
    const { memory } = this.#scanner;
    const begin = this.#long ? this.#endLongLine(from, end) : this.#joinRest(from);
    const last = memory.subarray(from, end).lastIndexOf(NEWLINE) + 1;
    const stop = last === 0 ? begin : from + last;
    this.#restFrom = stop;
    this.#restEnd = end;
    const isNeeded = begin < stop && this.#reader.lines(begin, stop);
    if (end - stop > this.#lead) {
      this.#reader.piece(stop, end);
      this.#long = true;
      this.#restFrom = end;
    }
    return isNeeded;
  }

  /** Puts what is left right before `from`; returns where it begins. */
  #joinRest(from: number): number {
    const begin = from - (this.#restEnd - this.#restFrom);
    this.#scanner.memory.copyWithin(begin, this.#restFrom, this.#restEnd);
    this.#restFrom = begin;
    this.#restEnd = from;
    return begin;
  }

  #endLongLine(from: number, end: number): number {
    const newline = this.#scanner.memory.subarray(from, end).indexOf(NEWLINE);
    const stop = newline < 0 ? end : from + newline + 1;
    this.#reader.piece(from, stop);
    this.#long = newline < 0;
    return stop;
  }
}
