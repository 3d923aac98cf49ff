import type { LineNumbers } from "../../model/line-numbers.ts";

/** Stretches that nobody asks for any more before they are let go. */
const MANY = 4096;

/** The line numbers of a log that was put together from stretches of files, as long as somebody may ask for them. */
export class Stretches implements LineNumbers {
  /** Of each stretch the first line, and how much less its number is in its file. */
  #begins: number[] = [];
  #offsets: number[] = [];
  #at = 0;

  /** From line `line` on, lines come from a file in which that one has the number `own`. */
  begin(line: number, own: number): void {
    this.#begins.push(line);
    this.#offsets.push(line - own);
  }

  of(line: number): number {
    while ((this.#begins[this.#at + 1] ?? Number.POSITIVE_INFINITY) <= line) this.#at += 1;
    if (this.#at > MANY) {
      this.#begins = this.#begins.slice(this.#at);
      this.#offsets = this.#offsets.slice(this.#at);
      this.#at = 0;
    }
    return line - (this.#offsets[this.#at] ?? 0);
  }
}
