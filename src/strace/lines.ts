import type { ByteString } from "../model/byte-string.ts";
import { ESCAPE, NEWLINE, RETURN } from "./chars.ts";
import { cleanLine } from "./clean.ts";

/** What a {@link LineSplitter} tells. */
export interface LineListener {
  /** A line without its end; `last` when the log stops inside it. */
  line(text: ByteString, last: boolean): void;
  /** A line longer than {@link LONGEST_LINE}: its first bytes. */
  overlong(head: ByteString): void;
}

/**
 * Longest line that is read. An execve with all of its arguments and variables escaped
 * (`-xx -v -s 1000000`) can take four times ARG_MAX, 6 MiB on Linux by default.
 */
export const LONGEST_LINE = 32 * 1024 * 1024;

const HEAD = 4096;

/** Cuts chunks of bytes into lines, with the pieces of a cut line carried over and joined once. */
export class LineSplitter {
  readonly #listener: LineListener;
  #pieces: Buffer[] = [];
  #carried = 0;
  #overlong = false;
  #carriedDirt = false;
  #sawNewline = false;

  constructor(listener: LineListener) {
    this.#listener = listener;
  }

  write(bytes: Uint8Array): void {
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    // Three searches a chunk instead of one look at each character of each line.
    const dirty = chunk.includes(ESCAPE) || chunk.includes(RETURN) || chunk.includes(0);
    let from = 0;
    let end = chunk.indexOf(NEWLINE);
    if (end >= 0) {
      this.#sawNewline = true;
      if (this.#carried > 0) {
        this.#carry(chunk, 0, end, dirty);
        this.#flush(false);
        from = end + 1;
        end = chunk.indexOf(NEWLINE, from);
      }
    }
    while (end >= 0) {
      const text = chunk.toString("latin1", from, end);
      this.#listener.line(dirty ? cleanLine(text) : text, false);
      from = end + 1;
      end = chunk.indexOf(NEWLINE, from);
    }
    if (from < chunk.length) this.#carry(chunk, from, chunk.length, dirty);
  }

  end(): void {
    if (this.#carried === 0) return;
    if (this.#sawNewline || !this.#carriedDirt || this.#overlong) this.#flush(true);
    else this.#flushReturns();
  }

  #carry(chunk: Buffer, from: number, to: number, dirty: boolean): void {
    this.#carriedDirt ||= dirty;
    this.#carried += to - from;
    if (this.#overlong || from === to) return;
    // Copied: a source may use the memory of a chunk again for the next one.
    this.#pieces.push(Buffer.from(chunk.subarray(from, to)));
    if (this.#carried > LONGEST_LINE) {
      const head = Buffer.concat(this.#pieces).subarray(0, HEAD);
      this.#pieces = [Buffer.from(head)];
      this.#overlong = true;
    }
  }

  #flush(last: boolean): void {
    const text = this.#take();
    if (this.#overlong) this.#listener.overlong(text.toString("latin1"));
    else
      this.#listener.line(
        this.#carriedDirt ? cleanLine(text.toString("latin1")) : text.toString("latin1"),
        last,
      );
    this.#reset();
  }

  /** A log without a single newline, but with returns: the line ends of old Macs. */
  #flushReturns(): void {
    const lines = this.#take().toString("latin1").split("\r");
    this.#reset();
    const rest = lines.pop() ?? "";
    for (const line of lines) this.#listener.line(cleanLine(line), false);
    if (rest !== "") this.#listener.line(cleanLine(rest), true);
  }

  #take(): Buffer {
    const [only, ...more] = this.#pieces;
    return only && more.length === 0 ? only : Buffer.concat(this.#pieces);
  }

  #reset(): void {
    this.#pieces = [];
    this.#carried = 0;
    this.#overlong = false;
    this.#carriedDirt = false;
  }
}
