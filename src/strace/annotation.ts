import type { ByteString } from "../model/byte-string.ts";
import { LONGEST_PATH } from "../model/path.ts";
import * as C from "./chars.ts";
import { isDigit } from "./chars.ts";
import { skipQuoted, unescaped } from "./quoted.ts";

const DELETED = "(deleted)";

/** Characters of an annotation to look at: most are letters of a path. */
const STOPS = new Uint8Array(256);
for (const character of '\\"-<>') STOPS[character.charCodeAt(0)] = 1;

/** True when the `<` at `at` opens what -y says of the descriptor before it: `3<`, `AT_FDCWD<`, `-100 /* AT_FDCWD *\/<`. */
export function opensAnnotation(line: ByteString, at: number): boolean {
  const before = line.charCodeAt(at - 1);
  if (isDigit(before)) return line.charCodeAt(at + 1) !== C.LESS;
  if (before === 0x44) return line.startsWith("AT_FDCW", at - 8);
  return before === C.SLASH && line.charCodeAt(at - 2) === C.ASTERISK;
}

/**
 * The index behind the annotation that begins at `from`, its `(deleted)` mark included; -1 when it does
 * not end. Until strace 4.21 a `>` inside the path was not escaped: `skip` says how many ends to pass over.
 */
export function skipAnnotation(line: ByteString, from: number, skip: number): number {
  // Only sockets ("TCP:[1.2.3.4:5->...") hold a bare "->"; a path may end in "-".
  const first = line.charCodeAt(from + 1);
  const socket = first >= C.UPPER_A && first <= C.UPPER_Z;
  let passed = 0;
  for (let at = from + 1; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (STOPS[code] === 0) continue;
    switch (code) {
      case C.BACKSLASH:
        at += 1;
        break;
      case C.QUOTE: {
        const end = skipQuoted(line, at);
        if (end < 0) return -1;
        at = end - 1;
        break;
      }
      case C.MINUS:
        if (socket && line.charCodeAt(at + 1) === C.GREATER) at += 1;
        break;
      case C.LESS:
        at = skipNested(line, at) - 1;
        break;
      case C.GREATER:
        if (!mayEnd(line, at + 1)) break;
        if (socket || passed >= skip) return skipDeleted(line, at + 1);
        passed += 1;
        break;
    }
  }
  return -1;
}

/** What an annotation says, without its brackets and the mark of a deleted file. */
export function annotatedPath(line: ByteString, from: number, end: number): Annotation {
  const deleted = line.charCodeAt(end - 1) === C.RIGHT_PARENTHESIS;
  let text = line.slice(from + 1, deleted ? end - DELETED.length - 1 : end - 1);
  if (text.charCodeAt(0) !== C.SLASH && !text.startsWith("\\x2f"))
    return { path: null, sure: true };
  if (text.endsWith(">")) text = text.replace(DEVICE, "");
  const path = unescaped(text);
  if (path.length > LONGEST_PATH) return { path: null, sure: false };
  // Until 5.18 the kernel's own " (deleted)" stood inside; since then a file may really be called so.
  if (!deleted && path.endsWith(" (deleted)")) return { path: null, sure: false };
  return { path, sure: true };
}

/** The path in a `<...>`; `sure` is false where it may be the path or something else. */
export interface Annotation {
  /** Null for pipes, sockets and the like. */
  readonly path: ByteString | null;
  readonly sure: boolean;
}

/** `</dev/null<char 1:3>>` */
const DEVICE = /<(?:char|block) [^<>]*>$/;
// No "<" inside, so that a line full of them is not read to its end for each.
const NESTED = /<(?:char|block) \d+:\d+[^<>]*>/y;
const NESTED_COMM = /<(?:[^<>\\]|\\.)*>/y;

function skipNested(line: ByteString, at: number): number {
  NESTED.lastIndex = at;
  if (NESTED.test(line)) return NESTED.lastIndex;
  // `<pid:77<a b>>`: -yy with -Y.
  let digits = at;
  while (isDigit(line.charCodeAt(digits - 1))) digits -= 1;
  if (digits < at && line.startsWith("pid:", digits - 4)) {
    NESTED_COMM.lastIndex = at;
    if (NESTED_COMM.test(line)) return NESTED_COMM.lastIndex;
  }
  return at + 1;
}

function mayEnd(line: ByteString, at: number): boolean {
  switch (line.charCodeAt(at)) {
    case C.COMMA:
    case C.RIGHT_PARENTHESIS:
    case C.RIGHT_BRACKET:
    case C.RIGHT_BRACE:
    case C.SPACE:
      return true;
    case C.LEFT_PARENTHESIS:
      return line.startsWith(DELETED, at) && line.charCodeAt(at + DELETED.length) !== C.GREATER;
    default:
      return at === line.length;
  }
}

function skipDeleted(line: ByteString, at: number): number {
  return line.startsWith(DELETED, at) ? at + DELETED.length : at;
}
