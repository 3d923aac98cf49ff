import type { ByteString } from "../model/byte-string.ts";
import type { Signature } from "../model/syscall.ts";
import { QUOTE } from "./chars.ts";
import { skipQuoted } from "./quoted.ts";
import type { OwnMessage } from "./own-message.ts";
import type { ArgumentScanner } from "./scan.ts";

/**
 * A call whose line ends inside its arguments, because something else was written to the same stderr:
 * a message of strace, or output of the traced program. The rest follows on a later line.
 */
export interface TornCall {
  readonly name: string;
  readonly signature: Signature;
  readonly head: ByteString;
  readonly at: number;
  readonly line: number;
  readonly pid: number | null;
  readonly time: number | null;
  readonly text: ByteString;
  /** The message of strace that cut it, so that the next line goes on exactly here; null: output of a program. */
  readonly message: OwnMessage | null;
}

/**
 * The part of a torn line that strace wrote for sure: the complete arguments, and of the last one what
 * looks like one. `O_RDONLY|O_CLOEXECcc -c t7.c` keeps its flags and the `cc`, which does no harm.
 */
export function trustedPart(line: ByteString, scanner: ArgumentScanner): ByteString {
  const last = scanner.count - 1;
  const begin = scanner.bounds[last * 2] ?? line.length;
  if (line.charCodeAt(begin) === QUOTE) {
    const end = skipQuoted(line, begin);
    if (end < 0) return line.slice(0, begin);
    return line.slice(0, line.startsWith("...", end) ? end + 3 : end);
  }
  let end = begin;
  while (end < line.length && WORD.test(line.charAt(end))) end += 1;
  return line.slice(0, end);
}

const WORD = /[\w|-]/;
