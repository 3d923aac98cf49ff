import type { ByteString } from "./byte-string.ts";

/** Bytes of a line's end that are looked at: a path behind a result has at most 4,096. */
const TAIL = 8192;

/** A result, with what may stand behind it. */
const RESULT = /\) += (?:\?|\d+|0x[\da-f]+|[^"]*(?:[)>\]}]|\*\/))\r?$/;
/** A half call, an exit, a signal. */
const OTHER = /(?: \.\.\.>|\+\+\+ .+ \+\+\+|--- .+ ---)\r?$/;
const DURATION = / <\d+\.\d+>\r?$/;

/**
 * True where a log may well end: a last line without its newline that has all that a line of strace has. Editors, chats
 * and `$(…)` drop the newline of a whole line. `isTimed`: results of this log end with how long they took (-T).
 *
 * `= 3` may be the head of `= 37`, but nothing is judged by the number: it is a success, and no later line names the
 * descriptor. That lines would follow it tells no more than a newline does. `= -1` lacks its error, and is cut.
 */
export function endsWhole(line: ByteString, isTimed = false): boolean {
  const tail = line.slice(-TAIL);
  return OTHER.test(tail) || (isTimed ? showsDuration(tail) : RESULT.test(tail));
}

/** True for a result that says how long it took. */
export function showsDuration(line: ByteString): boolean {
  return line.charCodeAt(line.length - 1) === GREATER && DURATION.test(line.slice(-32));
}

const GREATER = 0x3e;
