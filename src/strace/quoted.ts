import type { ByteString } from "../model/byte-string.ts";
import { BACKSLASH, LOWER_X, ZERO } from "./chars.ts";

/** The index behind the quote that closes the string which begins at `from`; -1 when the line ends before. */
export function skipQuoted(line: ByteString, from: number): number {
  let quote = line.indexOf('"', from + 1);
  while (quote >= 0) {
    let before = quote - 1;
    while (before > from && line.charCodeAt(before) === BACKSLASH) before -= 1;
    // An even number of backslashes: they escape each other, and not the quote.
    if ((quote - before) % 2 === 1) return quote + 1;
    quote = line.indexOf('"', quote + 1);
  }
  return -1;
}

const SEVEN = 0x37;

/** Escapes that stand for one byte; a backslash before any other character stands for that character. */
const SIMPLE: ReadonlyMap<number, string> = new Map([
  [0x6e, "\n"],
  [0x74, "\t"],
  [0x72, "\r"],
  [0x76, "\v"],
  [0x66, "\f"],
]);

/** The bytes that an escaped string stands for. */
export function unescaped(text: ByteString): ByteString {
  let next = text.indexOf("\\");
  if (next < 0) return text;
  let bytes = "";
  let done = 0;
  while (next >= 0 && next + 1 < text.length) {
    bytes += text.slice(done, next);
    const code = text.charCodeAt(next + 1);
    if (code >= ZERO && code <= SEVEN) {
      done = endOfOctal(text, next + 1);
      bytes += String.fromCharCode(Number.parseInt(text.slice(next + 1, done), 8) & 0xff);
    } else if (code === LOWER_X) {
      // Exactly two digits (string_quote): "\xc3abc" is 0xc3, a, b, c.
      done = Math.min(next + 4, text.length);
      bytes += String.fromCharCode(Number.parseInt(text.slice(next + 2, done), 16) & 0xff);
    } else {
      done = next + 2;
      bytes += SIMPLE.get(code) ?? text.charAt(next + 1);
    }
    next = text.indexOf("\\", done);
  }
  return bytes + text.slice(done);
}

/** At most three digits (string_quote): `\18` is the byte 1 and the character 8. */
function endOfOctal(text: ByteString, from: number): number {
  let at = from + 1;
  while (at < from + 3 && text.charCodeAt(at) >= ZERO && text.charCodeAt(at) <= SEVEN) at += 1;
  return at;
}
