import { HEAD } from "../../../src/strace/fast/records.ts";
import type { ScansAhead } from "../../../src/strace/fast/scan-ahead.ts";
import { BLOCKS, Scanner } from "../../../src/strace/fast/scanner.ts";

/** Scans ahead as the thread does when it never has to wait for the processor: as far as blocks allow, at once. */
export class EagerScan implements ScansAhead {
  readonly isReady = true;
  readonly ended: Promise<void> = Promise.resolve();
  readonly #scanner: Scanner;
  readonly #pieces: { from: number; readonly end: number }[] = [];
  readonly #ends: number[] = [];
  #filled = 0;
  #read = 0;
  #full = false;

  constructor({ share }: Scanner) {
    this.#scanner = new Scanner(share.module, share);
  }

  get waiting(): number {
    return this.#ends.length;
  }

  submit(from: number, end: number): void {
    this.#pieces.push({ from, end });
    this.#ends.push(end);
    this.#scan();
  }

  next(): Int32Array {
    if (this.#read === this.#filled) throw new Error("nothing is left to be read");
    return this.#block(this.#read);
  }

  done(block: Int32Array): void {
    if (block[HEAD.end] === this.#ends[0]) this.#ends.shift();
    this.#read += 1;
    if (this.#read === this.#filled) this.#full = false;
    this.#scan();
  }

  close(): void {}

  #block(number: number): Int32Array {
    return this.#scanner.blocks[number % BLOCKS] ?? new Int32Array();
  }

  #scan(): void {
    for (const [piece] = this.#pieces; piece && !this.#full; ) {
      if (this.#filled - this.#read === BLOCKS) return;
      const block = this.#block(this.#filled);
      this.#scanner.scan(this.#filled % BLOCKS, piece.from, piece.end);
      this.#filled += 1;
      this.#full = block[HEAD.full] !== 0;
      piece.from = block[HEAD.end] ?? piece.end;
      if (piece.from < piece.end) continue;
      this.#pieces.shift();
      this.#scan();
      return;
    }
  }
}
