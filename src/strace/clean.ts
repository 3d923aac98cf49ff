import type { ByteString } from "../model/byte-string.ts";

/** Colours (strace 7.0 and later, terminals, grc), cursor movements, and Buildkite's time stamps. */
const TERMINAL_SEQUENCES = /\x1b(?:\[[0-9;?]*[@-~]|_bk;t=\d+\x07)/g;
const HOLE = /^\0+/;

/**
 * A line without what strace never wrote: returns at its end (CRLF conversions), terminal sequences, and
 * the zeros that a crash leaves in a file. Strings lose nothing, since strace escapes all of these in them.
 */
export function cleanLine(line: ByteString): ByteString {
  let end = line.length;
  while (end > 0 && line.charCodeAt(end - 1) === 0x0d) end -= 1;
  const text = end === line.length ? line : line.slice(0, end);
  return text.replace(TERMINAL_SEQUENCES, "").replace(HOLE, "").replace(/\r+$/, "");
}
