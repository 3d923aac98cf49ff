import type { ByteString } from "../model/byte-string.ts";
import { annotatedPath, skipAnnotation } from "./annotation.ts";
import * as C from "./chars.ts";
import { isDigit } from "./chars.ts";
import { errnoName } from "./errno.ts";

/** The largest 64-bit number has 20 digits; longer ones are no result of a call. */
const MOST_DIGITS = 20;

/** Reads what follows the arguments: `) = 3</path> (INJECTED) <0.000012>`. */
export class ResultReader {
  value: number | null = null;
  errno: string | null = null;
  path: ByteString | null = null;
  /** The result as a pid of strace's own namespace. */
  pid: number | null = null;
  injected = false;
  restarted = false;

  /** Reads from the `)` at `from`; false when what stands there is no result, complete to the end of the line. */
  read(line: ByteString, from: number, skip: number): boolean {
    this.value = null;
    this.errno = null;
    this.path = null;
    this.pid = null;
    this.injected = false;
    this.restarted = false;
    let at = from + 1;
    while (line.charCodeAt(at) === C.SPACE) at += 1;
    if (line.charCodeAt(at) !== C.EQUALS || line.charCodeAt(at + 1) !== C.SPACE) return false;
    at += 2;
    if (line.charCodeAt(at) === C.QUESTION) return this.#readUnknown(line, at + 1);
    at = this.#readNumber(line, at);
    // The commonest end by far.
    if (at === line.length) return true;
    return at >= 0 && this.#readRest(line, at, skip);
  }

  #readUnknown(line: ByteString, at: number): boolean {
    if (line.startsWith(" ERESTART", at)) {
      this.errno = word(line, at + 1);
      this.restarted = true;
    }
    return at === line.length || line.charCodeAt(at) === C.SPACE;
  }

  /** The index behind the number, -1 when there is none. */
  #readNumber(line: ByteString, from: number): number {
    let at = from;
    const negative = line.charCodeAt(at) === C.MINUS;
    if (negative) at += 1;
    const first = at;
    let value = 0;
    if (line.charCodeAt(at) === C.ZERO && line.charCodeAt(at + 1) === C.LOWER_X) {
      at += 2;
      while (isHex(line.charCodeAt(at))) at += 1;
      value = Number(line.slice(first, at));
      if (at - first < 3 || at - first > MOST_DIGITS) return -1;
    } else {
      for (let code = line.charCodeAt(at); isDigit(code); code = line.charCodeAt(++at)) {
        value = value * 10 + code - C.ZERO;
      }
      if (at === first || at - first > MOST_DIGITS) return -1;
    }
    this.value = negative ? -value : value;
    return at;
  }

  #readRest(line: ByteString, from: number, skip: number): boolean {
    let at = from;
    if (line.startsWith(" /* ", at)) at = this.#readComment(line, at);
    if (line.charCodeAt(at) === C.LESS) {
      const end = skipAnnotation(line, at, skip);
      if (end < 0) return false;
      this.path = annotatedPath(line, at, end).path;
      at = end;
      if (line.startsWith(" /* ", at)) at = this.#readComment(line, at);
    }
    if (at < 0) return false;
    if (this.value === -1) at = this.#readErrno(line, at);
    this.injected = line.includes(" (INJECTED", at);
    return isTail(line, at);
  }

  #readComment(line: ByteString, at: number): number {
    const end = line.indexOf(" */", at);
    if (end < 0) return -1;
    const translated = /^(\d+) in strace's PID NS$/.exec(line.slice(at + 4, end));
    if (translated) this.pid = Number(translated[1]);
    return end + 3;
  }

  #readErrno(line: ByteString, at: number): number {
    if (line.charCodeAt(at + 1) === C.UPPER_E) {
      const name = word(line, at + 1);
      if (line.startsWith(" (", at + 1 + name.length)) {
        const end = at + 1 + name.length;
        this.errno = /^E[A-Z]/.test(name) ? name : numbered(line, end);
        return end;
      }
    }
    if (line.startsWith(" (errno ", at) || line.startsWith(" ERRNO_", at)) {
      this.errno = numbered(line, at);
    }
    return at;
  }
}

/** The E-name for a bare ` (errno N)`, which old versions of strace print for calls they do not know. */
function numbered(line: ByteString, at: number): string | null {
  const number = /\(errno (\d+)\)/.exec(line.slice(at, at + 40))?.[1];
  return number === undefined ? null : errnoName(Number(number));
}

function word(line: ByteString, from: number): string {
  let at = from;
  while (at < line.length && line.charCodeAt(at) !== C.SPACE) at += 1;
  return line.slice(from, at);
}

/** True when nothing but notes in brackets and a duration stands between `at` and the end. */
function isTail(line: ByteString, at: number): boolean {
  let end = line.length;
  if (at === end) return true;
  if (line.charCodeAt(at) !== C.SPACE) return false;
  if (line.charCodeAt(end - 1) === C.GREATER) {
    let digit = end - 2;
    while (isDigit(line.charCodeAt(digit)) || line.charCodeAt(digit) === C.DOT) digit -= 1;
    if (line.charCodeAt(digit) !== C.LESS || line.charCodeAt(digit - 1) !== C.SPACE) return false;
    end = digit - 1;
    if (end <= at) return true;
  }
  const first = line.charCodeAt(at + 1);
  const last = line.charCodeAt(end - 1);
  return OPENERS.has(first) && CLOSERS.has(last);
}

/** A note begins with one of these: ` (Timeout)`, ` [context]`, ` /* comment`, ` => `, or an E-name. */
const OPENERS = new Set([C.LEFT_PARENTHESIS, C.LEFT_BRACKET, C.SLASH, C.EQUALS, C.UPPER_E]);
const CLOSERS = new Set([C.RIGHT_PARENTHESIS, C.RIGHT_BRACKET, C.SLASH, C.RIGHT_BRACE]);

function isHex(code: number): boolean {
  return isDigit(code) || (code >= C.LOWER_A && code <= 0x66);
}
