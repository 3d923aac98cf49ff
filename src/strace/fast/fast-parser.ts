import type { TraceCounts } from "../../model/trace-counts.ts";
import { StraceParser, type StraceParserOptions } from "../parser.ts";
import { InputRegions } from "./input-regions.ts";
import { kindOfName } from "./name-kinds.ts";
import { RecordTeller } from "./record-teller.ts";
import { FIELD, HEAD, KIND, RECORD_FIELDS } from "./records.ts";
import type { ScansAhead } from "./scan-ahead.ts";
import { Scanner } from "./scanner.ts";
import type { WasmModule } from "./web-assembly.ts";

const NEWLINE = 0x0a;
/** Lines that the careful lane reads first: it finds out what stands before the lines of this log. */
const FIRST_LINES = 32;

/** When a thread of its own shall scan. */
export interface Threading {
  /** Bytes of a log before the thread is started, which takes as long as reading some. */
  readonly after: number;
  /** Shortest chunk of a source that is faster than we are, in bytes. What comes in shorter ones is told as it comes, with all before. */
  readonly leastChunk: number;
  /** Null where there is no thread to have. */
  start(scanner: Scanner): ScansAhead | null;
}

export interface FastParserOptions extends StraceParserOptions {
  /** Default: all is scanned here. */
  readonly threading?: Threading | null;
}

/**
 * Reads a log like a {@link StraceParser}, which gets each line that is not plain, and tells the same.
 * The scanner gives each text of a call a number; the first time it is decoded, from then on told again.
 * In a long log a thread of its own scans, while what it found before is told here.
 */
export class FastParser {
  readonly #careful: StraceParser;
  readonly #scanner: Scanner;
  readonly #regions: InputRegions;
  readonly #teller: RecordTeller;
  readonly #threading: Threading | null;
  #written = 0;
  #ahead: ScansAhead | null | undefined;
  /** How much of the block at hand was passed on to the careful lane, which counts it. */
  #passed = 0;
  #passedLines = 0;
  #passedDull = 0;

  constructor(module: WasmModule, options: FastParserOptions) {
    this.#careful = new StraceParser(options);
    this.#scanner = new Scanner(module);
    this.#teller = new RecordTeller(this.#scanner, this.#careful, options);
    this.#threading = options.threading ?? null;
    this.#regions = new InputRegions(this.#scanner, {
      lines: (from, end) => this.#read(from, end),
      piece: (from, end) => {
        this.#catchUp(0);
        this.#careful.write(this.#scanner.memory.subarray(from, end));
      },
    });
    for (const [name, signature] of options.signatures) {
      this.#scanner.addName(name, kindOfName(name, signature));
    }
  }

  get counts(): TraceCounts {
    return this.#careful.counts;
  }

  get times(): StraceParser["times"] {
    return this.#careful.times;
  }

  /** Where the next chunk is best put. */
  readonly room = (): Uint8Array => this.#regions.room();

  write(chunk: Uint8Array): void {
    this.#written += chunk.length;
    const { after = 0, leastChunk = 0 } = this.#threading ?? {};
    const isFast = chunk.length >= leastChunk;
    if (this.#ahead === undefined && isFast && this.#written >= after)
      this.#ahead = this.#threading?.start(this.#scanner) ?? null;
    this.#regions.write(chunk, isFast && this.#ahead?.isReady === true);
    if (!isFast) this.#catchUp(0);
  }

  end(): void {
    this.#regions.end();
    this.#careful.end();
    this.close();
  }

  /** Ends the thread that scans; to be called where the log is left before its end. */
  close(): void {
    this.#ahead?.close();
    this.#ahead = null;
  }

  /** Reads lines, or has them scanned to be read later; true when their bytes are still needed. */
  #read(from: number, end: number): boolean {
    let at = from;
    while (at < end && !this.#careful.isPlain) at = this.#readFirst(at, end);
    if (at < end && this.#ahead?.isReady === true) {
      this.#ahead.submit(at, end);
      // The thread would have to be woken for each piece otherwise, which costs as much as a hundred lines.
      if (this.#ahead.waiting >= this.#regions.most) this.#catchUp(1);
      return true;
    }
    const [block] = this.#scanner.blocks;
    while (block !== undefined && at < end) {
      this.#scanner.scan(0, at, end);
      at = this.#tell(block);
    }
    return false;
  }

  /** Tells what was scanned ahead, until no more than so many regions wait. */
  #catchUp(most: number): void {
    const ahead = this.#ahead;
    while (ahead && ahead.waiting > most) {
      const block = ahead.next();
      this.#tell(block);
      ahead.done(block);
    }
  }

  #readFirst(from: number, end: number): number {
    const { memory } = this.#scanner;
    let at = from;
    for (let line = 0; line < FIRST_LINES && at < end; line++) at = memory.indexOf(NEWLINE, at) + 1;
    this.#careful.write(memory.subarray(from, at));
    this.#teller.turnAway();
    return at;
  }

  /** Tells of all lines of a block; returns where it ends. */
  #tell(block: Int32Array): number {
    const end = block[HEAD.end] ?? 0;
    if (block[HEAD.full] !== 0) {
      this.#teller.forget();
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
      const done = this.#teller.tell(block, at, before + lines);
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
      this.#teller.turnAway();
    } else {
      this.#handText(from, stop);
    }
    this.#passed = stop + 1;
    this.#passedLines = block[at + FIELD.lines] ?? 0;
  }

  #handText(from: number, stop: number): void {
    this.#careful.passOver(0, 0, stop + 1 - from);
    this.#careful.line(this.#scanner.slice(from, stop), false);
    this.#teller.turnAway();
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
