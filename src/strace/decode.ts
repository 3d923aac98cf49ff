import type { ByteString } from "../model/byte-string.ts";
import { LONGEST_PATH } from "../model/path.ts";
import type { FdArgument, ListArgument, StringArgument } from "../model/syscall.ts";
import { annotatedPath, skipAnnotation } from "./annotation.ts";
import * as C from "./chars.ts";
import { isDigit } from "./chars.ts";
import { skipQuoted, unescaped } from "./quoted.ts";

/** The string of an argument; undefined for NULL, an address, or an abstract socket's `@"name"`. */
export function decodeString(
  line: ByteString,
  from: number,
  to: number,
): StringArgument | undefined {
  if (line.charCodeAt(from) !== C.QUOTE) return undefined;
  const end = skipQuoted(line, from);
  if (end < 0 || end > to) return undefined;
  return {
    bytes: unescaped(line.slice(from + 1, end - 1)),
    truncated: line.startsWith("...", end),
  };
}

/** The path of an argument; one that is too long to be one is as good as cut. */
export function decodePath(line: ByteString, from: number, to: number): StringArgument | undefined {
  const path = decodeString(line, from, to);
  return path === undefined || path.bytes.length <= LONGEST_PATH
    ? path
    : { bytes: path.bytes.slice(0, LONGEST_PATH), truncated: true };
}

/** A descriptor with its annotation; undefined when the argument holds no number. */
export function decodeFd(
  line: ByteString,
  from: number,
  to: number,
  skip: number,
): FdArgument | undefined {
  let at = from;
  let fd: number | "cwd" | null;
  if (line.startsWith("AT_FDCWD", at)) {
    fd = "cwd";
    at += 8;
  } else {
    while (at < to && isNumberPart(line.charCodeAt(at))) at += 1;
    if (at === from) return undefined;
    fd = fdNumber(line.slice(from, at));
  }
  if (line.startsWith(" /* ", at)) at = line.indexOf(" */", at) + 3;
  if (at < to && line.charCodeAt(at) === C.LESS) {
    const end = skipAnnotation(line, at, skip);
    if (end >= 0 && end <= to) {
      const said = annotatedPath(line, at, end);
      return { fd, path: said.path, annotated: said.sure };
    }
  }
  return { fd, path: null, annotated: false };
}

/** The elements of `["a", "b"..., ...]`; undefined when the argument is no list. */
export function decodeList(line: ByteString, from: number, to: number): ListArgument | undefined {
  if (line.charCodeAt(from) !== C.LEFT_BRACKET) return undefined;
  const items: StringArgument[] = [];
  let truncated = false;
  for (let at = from + 1; at < to; ) {
    const code = line.charCodeAt(at);
    if (code === C.QUOTE) {
      const end = skipQuoted(line, at);
      if (end < 0) break;
      const cut = line.startsWith("...", end);
      items.push({
        bytes: unescaped(line.slice(at + 1, end - 1)),
        truncated: cut,
      });
      at = cut ? end + 3 : end;
    } else {
      // Left out by -s (`, ...`), or unreadable (`0x7f...`).
      if (code === C.DOT || code === C.ZERO) truncated = true;
      at += 1;
    }
  }
  return { items, truncated };
}

/** The number of `0x7ffd... /* 24 vars *\/`; undefined when it is not shown. */
export function decodeEnvCount(line: ByteString, from: number, to: number): number | undefined {
  const count = /\/\* (\d+) vars?/.exec(line.slice(from, to))?.[1];
  return count === undefined ? undefined : Number(count);
}

/** The descriptors of `[3<pipe:[1]>, 4<pipe:[1]>]`. */
export function decodeFds(line: ByteString, from: number, to: number, skip: number): FdArgument[] {
  const fds: FdArgument[] = [];
  for (let at = from; at < to; at++) {
    const code = line.charCodeAt(at);
    if (code === C.LESS) {
      const end = skipAnnotation(line, at, skip);
      if (end < 0) break;
      at = end - 1;
    } else if (isDigit(code) && !isNumberPart(line.charCodeAt(at - 1))) {
      const fd = decodeFd(line, at, to, skip);
      if (fd) fds.push(fd);
    }
  }
  return fds;
}

function isNumberPart(code: number): boolean {
  return isDigit(code) || code === C.MINUS || (code >= C.LOWER_A && code <= C.LOWER_X);
}

const UNSIGNED_LIMIT = 2 ** 32;

/** AT_FDCWD (-100) is also seen as -100 (-X raw) and as 0xffffff9c (-e raw, wrappers that pass an unsigned). */
function fdNumber(text: string): number | "cwd" | null {
  const value = Number(text);
  if (!Number.isInteger(value) || Math.abs(value) >= UNSIGNED_LIMIT) return null;
  const fd = value >= UNSIGNED_LIMIT / 2 ? value - UNSIGNED_LIMIT : value;
  return fd === -100 ? "cwd" : fd;
}
