import type { StraceParser, StraceParserOptions } from "../parser.ts";
import { RecordTeller } from "./record-teller.ts";
import { FIELD, HEAD, KIND, RECORD_FIELDS } from "./records.ts";
import type { Scanner } from "./scanner.ts";

const NEWLINE = 0x0a;

/** Tells what the scanner found in a block of lines, and hands those to the careful lane that are not plain. */
export class BlockTeller {
  readonly #careful: StraceParser;
  readonly #scanner: Scanner;
  readonly #records: RecordTeller;
  /** How much of the block at hand the careful lane has counted: up to which address, and what of it. */
  #passed = 0;
  #passedLines = 0;
  #passedDull = 0;

  constructor(scanner: Scanner, careful: StraceParser, options: StraceParserOptions) {
    this.#careful = careful;
    this.#scanner = scanner;
    this.#records = new RecordTeller(scanner, careful, options);
  }

  /** To be told when the careful lane read lines that were in no block. */
  turnAway(): void {
    this.#records.turnAway();
  }

  /** Tells of all lines of a block; returns where it ends. */
  tell(block: Int32Array): number {
    const end = block[HEAD.end] ?? 0;
    if (block[HEAD.full] !== 0) {
      this.#records.forget();
      this.#scanner.forget();
      return end;
    }
    const count = block[HEAD.count] ?? 0;
    const before = this.#careful.counts.lines;
    this.#passed = block[HEAD.from] ?? 0;
    this.#passedLines = 0;
    this.#passedDull = 0;
    let calls = 0;
    let index = this.#careful.isTorn ? this.#mend(block, 0) : 0;
    while (index < count) {
      index += 1;
      const at = index * RECORD_FIELDS;
      const lines = block[at + FIELD.lines] ?? 0;
      const done = this.#records.tell(block, at, this.#careful.numberOf(before + lines));
      if (done >= 0) {
        calls += done;
        continue;
      }
      this.#pass(block[at + FIELD.line] ?? 0, lines - 1, block[at + FIELD.dull] ?? 0, calls);
      calls = 0;
      this.#hand(block, at);
      // The rest of a torn call can be anything: records of the lines behind it are not to be trusted.
      if (this.#careful.isTorn) index = this.#mend(block, index);
    }
    this.#pass(end, block[HEAD.lines] ?? 0, block[HEAD.dull] ?? 0, calls);
    this.#records.blockEnds();
    return end;
  }

  /** Counts what was told of, up to the line at `to`: lines and calls that left no record, as the block counts them. */
  #pass(to: number, lines: number, dull: number, calls: number): void {
    this.#careful.passOver(
      lines - this.#passedLines,
      dull - this.#passedDull + calls,
      to - this.#passed,
    );
    this.#passed = to;
    this.#passedLines = lines;
    this.#passedDull = dull;
  }

  /** Hands the line of a record to the careful lane: whole where it must be cleaned first, else past what cuts lines there. */
  #hand(block: Int32Array, at: number): void {
    const from = block[at + FIELD.line] ?? 0;
    const stop = block[at + FIELD.stop] ?? 0;
    if (block[at + FIELD.kind] === KIND.dirty) {
      this.#careful.write(this.#scanner.memory.subarray(from, stop + 1));
      this.#records.turnAway();
    } else {
      this.#handText(from, stop);
    }
    this.#passed = stop + 1;
    this.#passedLines = block[at + FIELD.lines] ?? 0;
  }

  #handText(from: number, stop: number): void {
    this.#careful.passOver(0, 0, stop + 1 - from);
    this.#careful.line(this.#scanner.slice(from, stop), false);
    this.#records.turnAway();
  }

  /** Hands line by line over until it is known what became of a torn one; returns how many records are behind it then. */
  #mend(block: Int32Array, passedRecords: number): number {
    const end = block[HEAD.end] ?? 0;
    const count = block[HEAD.count] ?? 0;
    let index = passedRecords;
    while (this.#careful.isTorn && this.#passed < end) {
      const at = (index + 1) * RECORD_FIELDS;
      if (index < count && block[at + FIELD.line] === this.#passed) {
        this.#hand(block, at);
        index += 1;
        continue;
      }
      const from = this.#passed;
      this.#passed = this.#scanner.memory.indexOf(NEWLINE, from) + 1;
      this.#passedLines += 1;
      if (!this.#scanner.isSignal(from)) this.#passedDull += 1;
      this.#handText(from, this.#passed - 1);
    }
    return index;
  }
}
