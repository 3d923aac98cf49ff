import type { ByteString } from "../model/byte-string.ts";
import { QUOTE } from "./chars.ts";
import { findOwnMessage, type OwnMessage } from "./own-message.ts";
import type { OpenCall } from "./pending.ts";
import { skipQuoted } from "./quoted.ts";
import type { CallReader } from "./reader.ts";
import type { ArgumentScanner } from "./scan.ts";

const UNFINISHED = " <unfinished ...>";
const WORD = /[\w|-]/;

/** A message, and the line that it stood in. */
export interface ToldMessage extends OwnMessage {
  readonly line: number;
}

/**
 * A call whose line ends inside its arguments, because something else was written to the same stderr: a
 * message of strace, or output of the traced program. The rest follows on a later line.
 */
export class TornCall {
  readonly call: OpenCall;
  /** What strace wrote of the call for sure. */
  readonly head: ByteString;
  /** What strace said in the middle of the call; if anything, the next line goes on exactly there. */
  readonly messages: readonly ToldMessage[];

  /** `scanner` holds the arguments as far as `source` has them; the newest piece of it is from `line`. */
  constructor(call: OpenCall, source: ByteString, scanner: ArgumentScanner, line: number) {
    this.call = call;
    const message = findOwnMessage(source);
    this.messages = message ? [{ ...message, line }] : [];
    this.head = message ? source.slice(0, message.at) : trustedPart(source, scanner);
  }

  /** The whole call, if `line` is its rest; else null. */
  mend(line: ByteString, reader: CallReader): ByteString | null {
    if (this.messages.length > 0) return this.head + line;
    if (line.endsWith(UNFINISHED)) return this.head + UNFINISHED;
    return reader.read(line, 0) === "closed" ? this.head + line : null;
  }
}

/**
 * The complete arguments, and of the last one what looks like one: `O_RDONLY|O_CLOEXECcc -c t7.c` keeps its
 * flags and the `cc`, which does no harm.
 */
function trustedPart(line: ByteString, scanner: ArgumentScanner): ByteString {
  const last = scanner.count - 1;
  const begin = last < 0 ? line.length : scanner.begin(last);
  if (line.charCodeAt(begin) === QUOTE) {
    const end = skipQuoted(line, begin);
    if (end < 0) return line.slice(0, begin);
    return line.slice(0, line.startsWith("...", end) ? end + 3 : end);
  }
  let end = begin;
  while (end < line.length && WORD.test(line.charAt(end))) end += 1;
  return line.slice(0, end);
}
