import type { ByteString } from "../model/byte-string.ts";
import * as C from "./chars.ts";
import { isDigit } from "./chars.ts";

/** Most digits of a pid: PID_MAX_LIMIT is 4194304. Longer numbers are times since 1970. */
const PID_DIGITS = 7;
const PID_WIDTH = 5;
const EPOCH_DIGITS = 9;
/** Width of the whole seconds of -r: fewer digits have so many spaces before them. */
const RELATIVE_WIDTH = 6;
const MOST_EPOCH_DIGITS = 11;

/**
 * Reads what stands before a call, from the left and by shape, since options decide what is there:
 * `[pid N<comm>] [context] time (+ relative) [number] [address] `.
 */
export class Leader {
  pid: number | null = null;
  /** Seconds: of the day (-t, -tt) or since 1970 (-ttt). */
  time: number | null = null;
  /** True when that had a fraction. */
  fine = false;
  /** Where the leader ends. */
  at = 0;

  read(line: ByteString, from: number): void {
    this.pid = null;
    this.time = null;
    this.at = from;
    this.#readPid(line);
    for (;;) {
      const code = line.charCodeAt(this.at);
      if (isDigit(code) || code === C.SPACE) {
        if (!this.#readTime(line)) return;
      } else if (code === C.LEFT_BRACKET) {
        if (!this.#skipBracket(line)) return;
      } else if (code === C.LEFT_PARENTHESIS) {
        if (!this.#skipDelta(line)) return;
      } else {
        return;
      }
    }
  }

  #readPid(line: ByteString): void {
    let at = this.at;
    const bracketed = line.charCodeAt(at) === C.LEFT_BRACKET;
    if (bracketed) {
      if (!line.startsWith("[pid", at)) return;
      at = skipSpaces(line, at + 4);
    }
    const from = at;
    let pid = 0;
    for (let code = line.charCodeAt(at); isDigit(code); code = line.charCodeAt(++at)) {
      pid = pid * 10 + code - C.ZERO;
    }
    if (at === from || at - from > PID_DIGITS) return;
    if (line.charCodeAt(at) === C.LESS) at = skipComm(line, at);
    if (bracketed) {
      if (line.charCodeAt(at) !== C.RIGHT_BRACKET) return;
      at += 1;
    }
    if (line.charCodeAt(at) !== C.SPACE) return;
    this.pid = pid;
    // "%-5u " with -o; the spaces behind belong to the column of -r.
    this.at = bracketed ? at + 1 : skipPadding(line, at + 1, from + PID_WIDTH + 1);
  }

  /** `12:00:00.123456 `, `1700000000.123456 `, or the `     0.000123 ` of -r. */
  #readTime(line: ByteString): boolean {
    const from = skipSpaces(line, this.at);
    let at = skipDigits(line, from);
    const digits = at - from;
    if (digits === 0) {
      // Other tools that write pids pad them to other widths.
      if (this.pid !== null) this.at = from;
      return false;
    }
    if (digits === 2 && line.charCodeAt(at) === C.COLON) return this.#readClock(line, from);
    const fine = line.charCodeAt(at) === C.DOT;
    if (fine) at = skipDigits(line, at + 1);
    if (line.charCodeAt(at) !== C.SPACE || digits > MOST_EPOCH_DIGITS) return false;
    if (!fine && digits < RELATIVE_WIDTH && !isColumn(line, this.at, from + digits)) return false;
    if (digits >= EPOCH_DIGITS) {
      this.time = Number(line.slice(from, at));
      this.fine = fine;
    }
    this.at = at + 1;
    return true;
  }

  #readClock(line: ByteString, from: number): boolean {
    let at = from;
    let seconds = 0;
    for (let field = 0; field < 3; field++) {
      if (field > 0 && line.charCodeAt(at++) !== C.COLON) return false;
      const tens = line.charCodeAt(at) - C.ZERO;
      const ones = line.charCodeAt(at + 1) - C.ZERO;
      if (!(tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9)) return false;
      seconds = seconds * 60 + tens * 10 + ones;
      at += 2;
    }
    this.fine = line.charCodeAt(at) === C.DOT;
    if (this.fine) {
      const end = skipDigits(line, at + 1);
      seconds += fraction(line, at + 1, end);
      at = end;
    }
    if (line.charCodeAt(at) !== C.SPACE) return false;
    this.time = seconds;
    this.at = at + 1;
    return true;
  }

  /** `[ 257] ` of -n, `[00007f35e9ddbdc7] ` of -i, `[user_t] ` of --secontext. */
  #skipBracket(line: ByteString): boolean {
    const from = skipSpaces(line, this.at + 1);
    // Neither numbers nor contexts look like `[2024-01-01T00:00:00Z] `, `[ 50%] ` or `[pid `.
    const numeric = isDigit(line.charCodeAt(from)) || from > this.at + 1;
    let at = from;
    for (; at < line.length; at++) {
      const code = line.charCodeAt(at);
      if (code === C.RIGHT_BRACKET) break;
      if (numeric && !isHexOrUnknown(code)) return false;
      if (code === C.SPACE || code === C.QUOTE || code === C.LEFT_PARENTHESIS) return false;
    }
    if (line.charCodeAt(at + 1) !== C.SPACE) return false;
    this.at = at + 2;
    return true;
  }

  /** `(+     0.000123) `: -r together with -t. */
  #skipDelta(line: ByteString): boolean {
    if (line.charCodeAt(this.at + 1) !== C.PLUS) return false;
    let at = skipDigits(line, skipSpaces(line, this.at + 2));
    if (line.charCodeAt(at) === C.DOT) at = skipDigits(line, at + 1);
    if (line.charCodeAt(at) !== C.RIGHT_PARENTHESIS || line.charCodeAt(at + 1) !== C.SPACE) {
      return false;
    }
    this.at = at + 2;
    return true;
  }
}

/** True for the column of -r in whole seconds, and not for an indented pid, which has spaces behind it. */
function isColumn(line: ByteString, from: number, to: number): boolean {
  return to - from === RELATIVE_WIDTH && line.charCodeAt(to + 1) !== C.SPACE;
}

/** The number behind a decimal point: faster than to cut it out and let Number read it. */
function fraction(line: ByteString, from: number, to: number): number {
  let digits = 0;
  for (let at = from; at < to; at++) digits = digits * 10 + line.charCodeAt(at) - C.ZERO;
  return digits / (POWERS[to - from] ?? 1);
}

/** By table, since the power of ten was most of the cost. Stamps have nine decimals at most. */
const POWERS = [1, 10, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

/** The end of the `<comm>` that -Y puts behind a pid: its own `<` and `>` are escaped. */
function skipComm(line: ByteString, from: number): number {
  for (let at = from + 1; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code === C.BACKSLASH) at += 1;
    else if (code === C.GREATER) return at + 1;
    else if (code === C.LESS) return from;
  }
  return from;
}

function skipPadding(line: ByteString, from: number, to: number): number {
  let at = from;
  while (at < to && line.charCodeAt(at) === C.SPACE) at += 1;
  return at;
}

function skipSpaces(line: ByteString, from: number): number {
  let at = from;
  while (line.charCodeAt(at) === C.SPACE) at += 1;
  return at;
}

function skipDigits(line: ByteString, from: number): number {
  let at = from;
  while (isDigit(line.charCodeAt(at))) at += 1;
  return at;
}

function isHexOrUnknown(code: number): boolean {
  return isDigit(code) || (code >= C.LOWER_A && code <= 0x66) || code === C.QUESTION;
}
