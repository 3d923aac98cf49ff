import type { ByteString } from "../model/byte-string.ts";
import { RETURN, SPACE } from "./chars.ts";

/** Colours (strace 7.0 and later, terminals, grc), cursor movements, and Buildkite's time stamps. */
const TERMINAL_SEQUENCES = /\x1b(?:\[[0-9;?]*[@-~]|_bk;t=\d+\x07)/g;

/**
 * A line without what strace never wrote: returns at its end (CRLF conversions), terminal sequences, and
 * the zeros that a crash leaves in a file. Strings lose nothing, since strace escapes all of these in them.
 */
export function cleanLine(line: ByteString): ByteString {
  const text = line.includes("\x1b") ? line.replace(TERMINAL_SEQUENCES, "") : line;
  let from = 0;
  let to = text.length;
  while (from < to && text.charCodeAt(from) === 0) from += 1;
  while (to > from && text.charCodeAt(to - 1) === RETURN) to -= 1;
  return text.slice(from, to);
}

/**
 * A whole line without the spaces that tmux, a terminal's selection or a table filled it up with. The head of a torn
 * call keeps them: it may end inside of a string.
 */
export function unpadded(line: ByteString): ByteString {
  let to = line.length;
  while (to > 0 && line.charCodeAt(to - 1) === SPACE) to -= 1;
  return to < line.length && isWhole(line, to) ? line.slice(0, to) : line;
}

/** True where a line that ends at `to` has a result, or what strace says instead of one. */
function isWhole(line: ByteString, to: number): boolean {
  const from = line.lastIndexOf(" = ", to);
  const result = from < 0 ? "" : line.slice(from, to);
  // A path behind the result may have a quote in it, but no argument of a torn call begins so.
  if (from >= 0 && (!result.includes('"') || /^ = \d+<.*>$/.test(result))) return true;
  return ["...>", "+++", "---"].some((end) => line.endsWith(end, to));
}
