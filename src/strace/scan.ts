import type { ByteString } from "../model/byte-string.ts";
import { opensAnnotation, skipAnnotation } from "./annotation.ts";
import * as C from "./chars.ts";
import { skipQuoted } from "./quoted.ts";

/** How the text of a call ends. */
export type ScanEnd =
  /** With the `)` that closes the arguments. */
  | "closed"
  /** ` <unfinished ...>`: another tracee came in between. */
  | "unfinished"
  /** ` <unfinished ...>) = ?`: the tracee died inside. */
  | "died"
  | "detached"
  /** ` <pid changed to N ...>`: an exec by a thread, which goes on under the leader's pid. */
  | "pid-changed"
  /** The line ends inside the arguments. */
  | "cut";

const PLAIN = 0;
const STOP = 1;
/** Characters that the scanner has to look at; all others are passed over with one look into this table. */
const KIND = new Uint8Array(256).fill(PLAIN);
for (const character of '"/ <([{)]},') KIND[character.charCodeAt(0)] = STOP;

const UNFINISHED = " <unfinished ...>";
const DETACHED = " <detached ...>";
const PID_CHANGED = / <pid changed to (\d+) \.\.\.>$/y;

/** Finds the arguments of a call, from the left, with quotes, brackets, comments and annotations honoured. */
export class ArgumentScanner {
  count = 0;
  /** Index of the `)`, or of the space before ` <unfinished ...>`. */
  end = 0;
  /** The pid behind `pid changed to`. */
  newPid = 0;
  /** Ends of annotations to pass over: see {@link skipAnnotation}. */
  skip = 0;
  /** How many annotations were passed in this line. */
  annotations = 0;
  /** Begin and end of each argument, in pairs. */
  readonly #bounds: number[] = [];

  /** Where an argument begins. */
  begin(index: number): number {
    return this.#bounds[index * 2] ?? 0;
  }

  /** The index behind an argument. */
  close(index: number): number {
    return this.#bounds[index * 2 + 1] ?? 0;
  }

  scan(line: ByteString, from: number): ScanEnd {
    this.count = 0;
    this.annotations = 0;
    let depth = 0;
    let begin = from;
    let at = from;
    const length = line.length;
    while (at < length) {
      const code = line.charCodeAt(at);
      if (KIND[code] === PLAIN) {
        at += 1;
        continue;
      }
      switch (code) {
        case C.QUOTE:
          at = skipQuoted(line, at);
          if (at < 0) return this.#cut(begin, length);
          continue;
        case C.SLASH:
          if (line.charCodeAt(at + 1) === C.ASTERISK && line.charCodeAt(at + 2) === C.SPACE) {
            at = skipComment(line, at + 3);
            if (at < 0) return this.#cut(begin, length);
            continue;
          }
          break;
        case C.SPACE:
          if (line.charCodeAt(at + 1) === C.LESS) {
            const marked = this.#mark(line, at);
            if (marked) {
              this.#add(line, begin, at);
              this.end = at;
              if (marked === "died") this.end = at + UNFINISHED.length;
              return marked;
            }
          }
          break;
        case C.LESS:
          if (opensAnnotation(line, at)) {
            this.annotations += 1;
            const end = skipAnnotation(line, at, this.skip);
            if (end < 0) return this.#cut(begin, length);
            at = end;
            continue;
          }
          break;
        case C.COMMA:
          if (depth === 0 && line.charCodeAt(at + 1) === C.SPACE) {
            this.#add(line, begin, at);
            at += 2;
            begin = at;
            continue;
          }
          break;
        case C.LEFT_PARENTHESIS:
        case C.LEFT_BRACKET:
        case C.LEFT_BRACE:
          depth += 1;
          break;
        default:
          if (depth === 0 && code === C.RIGHT_PARENTHESIS) {
            this.#add(line, begin, at);
            this.end = at;
            return "closed";
          }
          depth -= 1;
      }
      at += 1;
    }
    return this.#cut(begin, length);
  }

  #cut(begin: number, end: number): ScanEnd {
    this.#bounds[this.count * 2] = begin;
    this.#bounds[this.count * 2 + 1] = end;
    this.count += 1;
    this.end = end;
    return "cut";
  }

  #add(line: ByteString, begin: number, end: number): void {
    let from = begin;
    let to = end;
    while (from < to && line.charCodeAt(from) === C.SPACE) from += 1;
    while (from < to && line.charCodeAt(to - 1) === C.SPACE) to -= 1;
    if (from === to) return;
    this.#bounds[this.count * 2] = from;
    this.#bounds[this.count * 2 + 1] = to;
    this.count += 1;
  }

  #mark(line: ByteString, at: number): ScanEnd | null {
    if (line.startsWith(UNFINISHED, at)) {
      const behind = at + UNFINISHED.length;
      if (behind === line.length) return "unfinished";
      return /^\) += \?/.test(line.slice(behind, behind + 200)) ? "died" : null;
    }
    if (line.startsWith(DETACHED, at) && at + DETACHED.length === line.length) return "detached";
    PID_CHANGED.lastIndex = at;
    const change = PID_CHANGED.exec(line);
    if (!change) return null;
    this.newPid = Number(change[1]);
    return "pid-changed";
  }
}

/** `/* "/path" *\/`: a string in a comment may hold the end of one. */
function skipComment(line: ByteString, from: number): number {
  for (let at = from; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code === C.QUOTE) {
      at = skipQuoted(line, at) - 1;
      if (at < 0) return -1;
    } else if (code === C.ASTERISK && line.charCodeAt(at + 1) === C.SLASH) {
      return at + 2;
    }
  }
  return -1;
}
