import { randomFillSync } from "node:crypto";
import type { ByteString } from "../../model/byte-string.ts";
import { RECORD_FIELDS } from "./records.ts";
import { exportsOf, type WasmModule } from "./web-assembly.ts";

/** What the WebAssembly module exports: see `wasm/scan.as.ts`. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  layOut(
    inputBytes: number,
    records: number,
    texts: number,
    arenaBytes: number,
    seedLow: number,
    seedHigh: number,
  ): number;
  addName(length: number, kind: number): void;
  scan(from: number, end: number): number;
  forget(): void;
  isFull(): number;
  recordsAddress(): number;
  scanEnd(): number;
  scannedLines(): number;
  dullCalls(): number;
  textAddress(id: number): number;
  textLength(id: number): number;
}

/** Room for input: a read of 1 MiB behind what is left of the last one. */
const INPUT_BYTES = 2 << 20;
/** Records of one scan: few, since a torn line takes back those behind it. */
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
  readonly records: Int32Array;
  readonly #exports: Exports;

  constructor(module: WasmModule) {
    // A test compiles the source that has these exports, and finds the built module current.
    const exports = exportsOf(module) as Exports;
    const [low = 0, high = 0] = randomFillSync(new Int32Array(2));
    this.#exports = exports;
    this.input = exports.layOut(INPUT_BYTES, RECORDS, MOST_TEXTS, ARENA_BYTES, low, high) >>> 0;
    this.memory = Buffer.from(exports.memory.buffer);
    this.records = new Int32Array(
      exports.memory.buffer,
      exports.recordsAddress() >>> 0,
      RECORDS * RECORD_FIELDS,
    );
  }

  /** Tells it of a call that is read; `kind` is one of `NAME`. */
  addName(name: string, kind: number): void {
    this.memory.fill(0, this.input, this.input + 64);
    this.memory.write(name, this.input, "latin1");
    this.#exports.addName(name.length, kind);
  }

  /** Reads whole lines; returns the number of records. */
  scan(from: number, end: number): number {
    return this.#exports.scan(from, end);
  }

  /** Where the last scan ended. */
  get scanEnd(): number {
    return this.#exports.scanEnd() >>> 0;
  }

  get scannedLines(): number {
    return this.#exports.scannedLines();
  }

  get dullCalls(): number {
    return this.#exports.dullCalls();
  }

  /** True when the last scan read nothing, for want of room for new texts. */
  get isFull(): boolean {
    return this.#exports.isFull() !== 0;
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
