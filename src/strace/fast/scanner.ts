import { randomFillSync } from "node:crypto";
import type { ByteString } from "../../model/byte-string.ts";
import { RECORD_FIELDS } from "./records.ts";
import { instanceOn, newMemory, type WasmMemory, type WasmModule } from "./web-assembly.ts";

/** What the WebAssembly module exports: see `wasm/scan.as.ts`. */
interface Exports {
  layOut(
    inputBytes: number,
    blocks: number,
    records: number,
    texts: number,
    arenaBytes: number,
    seedLow: number,
    seedHigh: number,
  ): number;
  begin(): void;
  addName(length: number, kind: number): void;
  isSignal(line: number): number;
  scan(block: number, from: number, end: number): void;
  forget(): void;
  blocksAddress(): number;
  textAddress(id: number): number;
  textLength(id: number): number;
}

/** What a scanner in another thread needs to go on where this one ends. */
export interface ScannerShare {
  readonly module: WasmModule;
  readonly memory: WasmMemory;
  readonly seed: Int32Array;
}

/** Room for input: four reads of half a MiB, each behind what was left of the one before. */
const INPUT_BYTES = 4 << 20;
/** Blocks of records, so that some can be read while another is filled. */
export const BLOCKS = 8;
/** Records of one block. More would only wait for their turn outside of the cache. */
const RECORDS = 2048;
/** Texts that are remembered. More would cost memory, and make the waits for it longer. */
export const MOST_TEXTS: number = 1 << 16;
const ARENA_BYTES = 16 << 20;

/** The scanner and its memory, which never grows: views into it stay valid. */
export class Scanner {
  /** Address of the input. */
  readonly input: number;
  readonly inputBytes: number = INPUT_BYTES;
  readonly memory: Buffer;
  /** Each with a head, then records. */
  readonly blocks: readonly Int32Array[];
  /** What was written to {@link memory} by one thread is seen by all that share it. */
  readonly share: ScannerShare;
  readonly #exports: Exports;

  /** A scanner of its own, or one that goes on in the memory of `shared`; never two at the same time. */
  constructor(module: WasmModule, shared: ScannerShare | null = null) {
    const memory = shared?.memory ?? newMemory();
    const seed = shared?.seed ?? randomFillSync(new Int32Array(2));
    // A test compiles the source that has these exports, and finds the built module current.
    const exports = instanceOn(module, memory) as Exports;
    const [low = 0, high = 0] = seed;
    this.#exports = exports;
    this.share = { module, memory, seed };
    this.input =
      exports.layOut(INPUT_BYTES, BLOCKS, RECORDS, MOST_TEXTS, ARENA_BYTES, low, high) >>> 0;
    if (shared === null) exports.begin();
    this.memory = Buffer.from(memory.buffer);
    const words = (RECORDS + 1) * RECORD_FIELDS;
    const first = exports.blocksAddress() >>> 0;
    this.blocks = Array.from(
      { length: BLOCKS },
      (_, block) => new Int32Array(memory.buffer, first + block * words * 4, words),
    );
  }

  /** Knows nothing from now on, names included. */
  begin(): void {
    this.#exports.begin();
  }

  /** Tells it of a call that is read; `kind` is one of `NAME`. */
  addName(name: string, kind: number): void {
    this.memory.fill(0, this.input, this.input + 64);
    this.memory.write(name, this.input, "latin1");
    this.#exports.addName(name.length, kind);
  }

  /** Reads whole lines, as many as there are records for in the block of that number. */
  scan(block: number, from: number, end: number): void {
    this.#exports.scan(block, from, end);
  }

  /** True for a line that is a signal's; may be asked while another thread scans. */
  isSignal(line: number): boolean {
    return this.#exports.isSignal(line) !== 0;
  }

  forget(): void {
    this.#exports.forget();
  }

  /** The text of a number, without the digits of addresses, and without content that tells nothing. */
  text(id: number): ByteString {
    const from = this.#exports.textAddress(id) >>> 0;
    return this.slice(from, from + this.#exports.textLength(id));
  }

  slice(from: number, to: number): ByteString {
    return this.memory.toString("latin1", from, to);
  }
}
