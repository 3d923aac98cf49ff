import type { ByteString } from "../model/byte-string.ts";
import * as C from "./chars.ts";
import { isDigit } from "./chars.ts";
import {
  behindAnything,
  grepPrefixes,
  pidInName,
  shapeOf,
  skipForeign,
  splitOf,
} from "./foreign.ts";
import { Leader } from "./leader.ts";
import { wrappedLine } from "./wrapped-line.ts";

const MOST_PREFIXES = 4;
/** How many labels of another program's output to pass over. */
const MOST_LABELS = 8;

/** Finds where strace's own text begins in a line: behind its leader, and what a CI system put before that. */
export class LineStart {
  readonly leader: Leader = new Leader();
  /** The line without foreign prefixes. */
  text: ByteString = "";
  /** True when its prefix says that the line goes on exactly where the one before was cut. */
  continues = false;
  /** Its prefix says so of the next one. */
  #isCut = false;
  /** Whether lines have foreign prefixes; null until the first line of strace decides it for the log. */
  #foreign: boolean | null = null;
  /** A prefix of this log that is in no list. */
  #learned: RegExp | null = null;

  /** True once a line of strace was seen. */
  get isDecided(): boolean {
    return this.#foreign !== null;
  }

  /** The index in {@link text} of a call, half call, signal or exit; -1 when the line is none of strace's. */
  read(line: ByteString): number {
    const wrapped = this.#foreign === false ? null : wrappedLine(line);
    if (wrapped === null) {
      this.continues = false;
      return this.#readText(line);
    }
    const continues = this.#isCut;
    const at = this.#readText(wrapped.text);
    if (at >= 0) this.#foreign = true;
    this.continues = continues;
    this.#isCut = wrapped.isCut;
    return at;
  }

  #readText(line: ByteString): number {
    const { leader } = this;
    this.text = line;
    leader.read(line, 0);
    if (isToken(line, leader.at)) {
      this.#foreign ??= false;
      return leader.at;
    }
    if (this.#foreign !== false && this.#readForeign(line)) return leader.at;
    return this.#readMiddle();
  }

  #readForeign(line: ByteString): boolean {
    let text = line;
    for (let times = 0; times < MOST_PREFIXES; times++) {
      const prefix = this.#learned?.exec(text)?.[0].length ?? skipForeign(text);
      if (prefix === 0) break;
      if (times === 0) this.#splits(line);
      text = text.slice(prefix);
      if (this.#starts(text, 0)) {
        // Indented or numbered: what follows begins with a number as well, if it is a pid.
        if (/^\s/.test(line)) this.#learned ??= shapeOf(line.slice(0, line.length - text.length));
        return true;
      }
      if (this.continues) break;
    }
    if (text === line && this.#readGrepped(line)) return true;
    if (this.#foreign === true) this.text = text;
    const prefix = behindAnything(text);
    if (prefix === 0 || !this.#starts(text, prefix)) return false;
    this.#learned ??= shapeOf(text.slice(0, prefix));
    return true;
  }

  /** True where a line of strace begins at `at`. */
  #starts(text: ByteString, at: number): boolean {
    this.leader.read(text, at);
    if (!isToken(text, this.leader.at)) return false;
    this.#foreign = true;
    this.text = text;
    return true;
  }

  #splits(line: ByteString): void {
    const split = splitOf(line);
    this.continues = split === "end" || this.#isCut;
    this.#isCut = split === "begin";
  }

  /** A line that grep named or numbered, or one of its neighbours. */
  #readGrepped(line: ByteString): boolean {
    for (const at of grepPrefixes(line)) {
      if (!this.#starts(line, at)) continue;
      this.leader.pid ??= pidInName(line.slice(0, at));
      return true;
    }
    return false;
  }

  /** Output of a program without a newline, then a line of strace. */
  #readMiddle(): number {
    let label = this.text.indexOf("[pid ", 1);
    for (let times = 0; label >= 0 && times < MOST_LABELS; times++) {
      this.leader.read(this.text, label);
      if (this.leader.pid !== null && isToken(this.text, this.leader.at)) return this.leader.at;
      label = this.text.indexOf("[pid ", label + 1);
    }
    return -1;
  }
}

function isToken(text: ByteString, at: number): boolean {
  switch (text.charCodeAt(at)) {
    case C.LESS:
      return text.startsWith("<... ", at);
    case C.PLUS:
      return text.startsWith("+++ ", at);
    case C.MINUS:
      return text.startsWith("--- ", at);
    case C.LEFT_BRACKET:
      return text.startsWith("[ Process ", at);
    default:
      return endOfName(text, at) > 0;
  }
}

/** The index of the `(` behind a name of a syscall; -1 when there is no such name. */
export function endOfName(text: ByteString, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    const letter = (code >= C.LOWER_A && code <= C.LOWER_Z) || code === C.UNDERSCORE;
    if (!letter && !(at > from && isDigit(code))) break;
    at += 1;
  }
  return at > from && text.charCodeAt(at) === C.LEFT_PARENTHESIS ? at : -1;
}
