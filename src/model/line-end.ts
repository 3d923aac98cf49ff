import type { ByteString } from "./byte-string.ts";

/** Bytes of a line's end that are looked at: a path behind a result has at most 4,096. */
const TAIL = 8192;

/** A result, with what may stand behind it; a half call; an exit; a signal. */
const WHOLE = /(?:\) += (?:\?|\d+|0x[\da-f]+|[^"]*(?:[)>\]}]|\*\/))| (?:\.\.\.>|\+\+\+|---))\s*$/;

/**
 * True where a log may well end: a last line without its newline that has all that a line of strace has. Editors, chats
 * and `$(…)` drop the newline of a whole line.
 *
 * `= 3` may be the head of `= 37`, but nothing is judged by the number: it is a success, and no later line names the
 * descriptor. That lines would follow it tells no more than a newline does. `= -1` lacks its error, and is cut.
 */
export function endsWhole(line: ByteString): boolean {
  return WHOLE.test(line.slice(-TAIL));
}
