import type { ByteString } from "../model/byte-string.ts";
import { LEFT_BRACKET, LESS, QUOTE } from "./chars.ts";
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
  /** All of the line. */
  readonly source: ByteString;
  /** What strace wrote of the call for sure. */
  readonly head: ByteString;
  /** What strace said in the middle of the call; if anything, the next line goes on exactly there. */
  readonly messages: readonly ToldMessage[];
  /** The next line begins inside of a string, whose first part is lost. */
  readonly #inString: boolean;

  /** `scanner` holds the arguments as far as `source` has them; the newest piece of it is from `line`. */
  constructor(call: OpenCall, source: ByteString, scanner: ArgumentScanner, line: number) {
    this.call = call;
    this.source = source;
    const message = findOwnMessage(source);
    this.messages = message ? [{ ...message, line }] : [];
    const head = message ? source.slice(0, message.at) : trustedPart(source, scanner);
    const quote = message && isOfPath(source, message) ? openQuote(head, call.at) : -1;
    this.#inString = quote >= 0;
    this.head = this.#inString ? `${head.slice(0, quote)}""...` : head;
  }

  /** The whole call, if `line` is its rest; else null. */
  mend(line: ByteString, reader: CallReader): ByteString | null {
    if (this.#inString) {
      const end = skipQuoted(line, -1);
      return end < 0 ? null : this.head + line.slice(line.startsWith("...", end) ? end + 3 : end);
    }
    // An annotation that lost its first part names no path.
    if (this.messages.length > 0)
      return this.head + (this.head.charCodeAt(this.head.length - 1) === LESS ? "?" : "") + line;
    if (line.endsWith(UNFINISHED)) return this.head + UNFINISHED;
    return reader.read(line, 0) === "closed" ? this.head + line : null;
  }
}

/** True where the message may begin earlier or later than it seems: `"/a/bstrace: ` is strace's in `/a`, or in no folder. */
function isOfPath(source: ByteString, { at }: OwnMessage): boolean {
  return !source.startsWith("strace", at);
}

/** Where the string begins that `text` ends inside of; -1 for none. */
function openQuote(text: ByteString, from: number): number {
  let quote = text.indexOf('"', from);
  while (quote >= 0) {
    const end = skipQuoted(text, quote);
    if (end < 0) return quote;
    quote = text.indexOf('"', end);
  }
  return -1;
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
  // Of the arguments of an exec those are sure that end, and the list is cut as -s cuts it.
  const words = line.charCodeAt(begin) === LEFT_BRACKET ? endOfWords(line, begin + 1) : begin + 1;
  if (words > begin + 1) return `${line.slice(0, words)}...]`;
  let end = begin;
  while (end < line.length && WORD.test(line.charAt(end))) end += 1;
  return line.slice(0, end);
}

/** The end of those strings of a list from `from` on that another one follows; `from` itself when there are none. */
function endOfWords(line: ByteString, from: number): number {
  let at = from;
  while (line.charCodeAt(at) === QUOTE) {
    let end = skipQuoted(line, at);
    if (end < 0) break;
    if (line.startsWith("...", end)) end += 3;
    if (!line.startsWith(", ", end)) break;
    at = end + 2;
  }
  return at;
}
