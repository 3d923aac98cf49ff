import type { ByteString } from "../../model/byte-string.ts";
import { ParsedCall } from "../call.ts";
import type { Plan, Plans } from "../plan.ts";
import { CallReader } from "../reader.ts";
import type { ArgumentScanner } from "../scan.ts";
import { type QuoteLine, ReplayedCall } from "./replayed-call.ts";

const UNFINISHED = " <unfinished ...>";
const RESUMED = " resumed>";
const RESUMED_START = "<... ".length;
/** `0x` whose digits were left out, or that never had any, and what follows. */
const NO_DIGITS = /0x(?:$|[^0-9a-f])/g;

/** Where an address ends its argument: in any other place its digits decide what follows. */
const ENDS_ARGUMENT = /^0x[,)]?$/;

/** What is left of `<pipe:[123]>`, and of a struct. */
const NO_NUMBER = ":[]>";
const NO_FIELDS = "{}";
/** One descriptor that is a pipe or a socket, or the two that pipe(2) makes. */
const ANNOTATIONS = /^\d+<(?:pipe|socket):\[\]>$|^\[\d+<pipe:\[\]>, \d+<pipe:\[\]>\]$/;

/** The first half of a call. */
export interface BegunText {
  readonly plan: Plan;
  readonly text: ByteString;
  /** Where its arguments begin. */
  readonly at: number;
  readonly parsed: ParsedCall;
}

/** The second half of a call, without `<... name resumed>`. */
export interface RestText {
  readonly name: string;
  readonly text: ByteString;
}

/**
 * Reads the texts that the scanner gave numbers to, each once, with the careful lane's own code. Null stands
 * for a text that is not what it looked like to the scanner: its lines go to the careful lane.
 */
export class CallTexts {
  readonly #plans: Plans;
  readonly #quote: QuoteLine;
  readonly #reader = new CallReader();

  constructor(plans: Plans, quote: QuoteLine) {
    this.#plans = plans;
    this.#quote = quote;
  }

  /** `openat(AT_FDCWD, "x", O_RDONLY)` */
  whole(text: ByteString): ReplayedCall | null {
    const parsed = this.parsed(text);
    return parsed && this.replayed(parsed, text, text.indexOf("(") + 1);
  }

  /** The same, to be looked at and not told. */
  parsed(text: ByteString): ParsedCall | null {
    const bracket = text.indexOf("(");
    const plan = this.#plans.find(text.slice(0, bracket));
    return plan === undefined ? null : this.#read(plan, text, bracket + 1);
  }

  /** `openat(AT_FDCWD, "x", O_RDONLY` */
  begun(text: ByteString): BegunText | null {
    const bracket = text.indexOf("(");
    const plan = this.#plans.find(text.slice(0, bracket));
    if (plan === undefined) return null;
    const { scanner } = this.#reader;
    const end = this.#reader.read(text + UNFINISHED, bracket + 1);
    if (end !== "unfinished" || scanner.end !== text.length || scanner.skip !== 0) return null;
    const parsed = decode(plan, text, bracket + 1, scanner);
    return parsed && { plan, text, at: bracket + 1, parsed };
  }

  /** `<... openat resumed>)` */
  rest(text: ByteString): RestText | null {
    const end = text.indexOf(RESUMED);
    const plan = this.#plans.find(text.slice(RESUMED_START, end));
    if (plan === undefined) return null;
    let from = end + RESUMED.length;
    // Until 5.0 a space followed, and then the `)`.
    if (text.startsWith(" ", from) && !text.startsWith(UNFINISHED, from)) from += 1;
    return { name: plan.name, text: text.slice(from) };
  }

  /** The whole call of two halves, to be looked at and not told. */
  parsedPair({ plan, text, at }: BegunText, rest: RestText): ParsedCall | null {
    // Digits that were left out at the end of the first half may go on in the second.
    if (rest.name !== plan.name || text.endsWith("0x")) return null;
    return this.#read(plan, text + rest.text, at);
  }

  /** The same, to be told; null for what only the careful lane reads. */
  pair(begun: BegunText, rest: RestText): ReplayedCall | null {
    const parsed = this.parsedPair(begun, rest);
    return parsed && this.replayed(parsed, begun.text + rest.text, begun.at);
  }

  replayed(parsed: ParsedCall, text: ByteString, at: number): ReplayedCall {
    return new ReplayedCall(parsed, text, at, this.#quote);
  }

  #read(plan: Plan, text: ByteString, at: number): ParsedCall | null {
    const { scanner } = this.#reader;
    // The careful lane reads on where what follows is no result; here its first reading must be the right one.
    scanner.skip = 0;
    if (scanner.scan(text, at) !== "closed" || scanner.end !== text.length - 1) return null;
    return decode(plan, text, at, scanner);
  }
}

/** Null where something was left out of the text that somebody may want to know. */
function decode(
  plan: Plan,
  text: ByteString,
  at: number,
  scanner: ArgumentScanner,
): ParsedCall | null {
  if (text.includes("0x") && !areUnread(plan, text, scanner)) return null;
  if (text.includes(NO_NUMBER) && !areAnnotations(text, scanner)) return null;
  if (text.includes(NO_FIELDS) && !areArguments(text, scanner)) return null;
  if (plan.content >= 0 && !isContentAlone(plan, text, at, scanner)) return null;
  return new ParsedCall(plan.name, 0, 0, null, null, null, "", text, at, 0).decode(plan, scanner);
}

/** True when all digits that were left out are those of addresses that nobody reads. */
function areUnread(plan: Plan, text: ByteString, scanner: ArgumentScanner): boolean {
  for (const hole of text.matchAll(NO_DIGITS)) {
    if (!ENDS_ARGUMENT.test(hole[0]) || !isUnread(plan, scanner, hole.index)) return false;
  }
  return true;
}

/** True when pipes and sockets without a number are annotations of descriptors, and no names of files. */
function areAnnotations(text: ByteString, scanner: ArgumentScanner): boolean {
  for (let index = 0; index < scanner.count; index++) {
    const argument = text.slice(scanner.begin(index), scanner.close(index));
    if (argument.includes(NO_NUMBER) && !ANNOTATIONS.test(argument)) return false;
  }
  return true;
}

/** True when each struct without fields is an argument, and no part of a path. */
function areArguments(text: ByteString, scanner: ArgumentScanner): boolean {
  for (let index = 0; index < scanner.count; index++) {
    const begin = scanner.begin(index);
    if (text.startsWith(NO_FIELDS, begin) && scanner.close(index) === begin + NO_FIELDS.length)
      continue;
    if (text.slice(begin, scanner.close(index)).includes(NO_FIELDS)) return false;
  }
  return true;
}

/** True when an argument begins at `place` whose digits nobody reads. */
function isUnread(plan: Plan, scanner: ArgumentScanner, place: number): boolean {
  for (let index = 0; index < scanner.count; index++) {
    if (scanner.begin(index) === place) return !plan.readsNumber(index);
  }
  return false;
}

/** True when the first quoted string is the content, which is the one that the scanner may have emptied. */
function isContentAlone(
  plan: Plan,
  text: ByteString,
  at: number,
  scanner: ArgumentScanner,
): boolean {
  const quote = text.indexOf('"', at);
  return quote < 0 || (plan.content < scanner.count && scanner.begin(plan.content) === quote);
}
