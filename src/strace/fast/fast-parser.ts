import type { TraceCounts } from "../../model/trace-counts.ts";
import { StraceParser, type StraceParserOptions } from "../parser.ts";
import { BlockTeller } from "./block-teller.ts";
import { giveBack, takeScanner } from "./idle-scanner.ts";
import { InputRegions } from "./input-regions.ts";
import { kindOfName } from "./name-kinds.ts";
import type { ScansAhead } from "./scan-ahead.ts";
import type { Scanner } from "./scanner.ts";
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
  readonly #teller: BlockTeller;
  readonly #threading: Threading | null;
  #written = 0;
  #closed = false;
  /** Undefined until the log has become a long one. */
  #ahead: ScansAhead | null | undefined;

  constructor(module: WasmModule, options: FastParserOptions) {
    this.#careful = new StraceParser(options);
    this.#scanner = takeScanner(module);
    this.#teller = new BlockTeller(this.#scanner, this.#careful, options);
    this.#threading = options.threading ?? null;
    this.#regions = new InputRegions(this.#scanner, {
      lines: (from, end) => this.#read(from, end),
      piece: (from, end) => {
        this.#catchUp(0);
        this.#careful.write(this.#scanner.memory.subarray(from, end));
        this.#teller.turnAway();
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

  /** Tells of all whole lines that have come, where those of a fast source would wait for more. */
  catchUp(): void {
    this.#regions.flush();
    this.#catchUp(0);
  }

  /** Ends the thread that scans, and gives the scanner back: nothing can be read any more. */
  close(): void {
    const ahead = this.#ahead;
    const scanner = this.#scanner;
    if (this.#closed) return;
    this.#closed = true;
    ahead?.close();
    if (ahead) void ahead.ended.then(() => giveBack(scanner));
    else giveBack(scanner);
  }

  /** Reads lines, or has them scanned to be read later; true when their bytes are still needed. */
  #read(from: number, end: number): boolean {
    let at = from;
    while (at < end && !this.#careful.isPlain) at = this.#readFirst(at, end);
    if (at < end && this.#ahead?.isReady === true) {
      this.#ahead.submit(at, end);
      // The thread would have to be woken for each piece otherwise, which costs as much as to scan a thousand lines.
      if (this.#ahead.waiting >= this.#regions.most) this.#catchUp(1);
      return true;
    }
    const [block] = this.#scanner.blocks;
    while (block !== undefined && at < end) {
      this.#scanner.scan(0, at, end);
      at = this.#teller.tell(block);
    }
    return false;
  }

  /** Tells what was scanned ahead, until no more than so many regions wait. */
  #catchUp(most: number): void {
    const ahead = this.#ahead;
    while (ahead && ahead.waiting > most) {
      const block = ahead.next();
      this.#teller.tell(block);
      ahead.done(block);
    }
  }

  #readFirst(from: number, end: number): number {
    const { memory } = this.#scanner;
    let at = from;
    for (let line = 0; line < FIRST_LINES && at < end; line++) at = memory.indexOf(NEWLINE, at) + 1;
    this.#careful.write(memory.subarray(from, at));
    return at;
  }
}
