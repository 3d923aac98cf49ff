import type { ByteString } from "../model/byte-string.ts";

/** A message of strace itself, which it writes to stderr where the cursor happens to stand. */
export interface OwnMessage {
  /** Where it begins: what is before belongs to a call that goes on in the next line. */
  readonly at: number;
  readonly what: "attached" | "detached" | "other";
  readonly pid: number | null;
}

/**
 * What strace says, to the end of the line. Until 4.10 without its own name, and until 4.6 of processes that
 * waited for their parent and went on.
 */
const MESSAGES: readonly RegExp[] = [
  /Process (\d+) (attached|detached)(?: with \d+ threads?| \([^()]*\))?$/,
  /Process (\d+) (suspended|resumed)(?: \([^()]*\))?$/,
  /WARNING: [^"]*$/,
  /[Dd]etached unknown pid \d+$/,
];

/** The longest of them, give or take. */
const MOST_CHARACTERS = 200;
const NOT_IN_NAME = /[\s"(),<>=]/;

/** Finds the message that a line ends with; null when there is none. */
export function findOwnMessage(line: ByteString): OwnMessage | null {
  const from = Math.max(0, line.length - MOST_CHARACTERS);
  const tail = from === 0 ? line : line.slice(from);
  for (const [index, pattern] of MESSAGES.entries()) {
    const match = pattern.exec(tail);
    if (!match) continue;
    const at = nameBefore(line, from + match.index);
    // Other things than strace give warnings.
    if (at === from + match.index && index > 1) continue;
    const what = match[2] === "attached" || match[2] === "detached" ? match[2] : "other";
    return { at, what, pid: match[1] === undefined ? null : Number(match[1]) };
  }
  return null;
}

/**
 * Where `strace: `, `/usr/bin/strace: ` or the like begins that ends at `end`; `end` itself when there is
 * none. The text of a call goes right up to it: `child_tidptr=0x7f/usr/bin/strace: Process 88 attached`.
 */
function nameBefore(line: ByteString, end: number): number {
  if (!line.startsWith(": ", end - 2)) return end;
  let begin = end - 2;
  while (begin > 0 && !NOT_IN_NAME.test(line.charAt(begin - 1))) begin -= 1;
  const word = line.slice(begin, end - 2);
  const name = word.lastIndexOf("strace");
  if (name < 0) return end;
  const slash = word.indexOf("/");
  if (slash < 0 || slash > name) return begin + name;
  const dots = /\.{0,2}$/.exec(word.slice(0, slash))?.[0].length ?? 0;
  return begin + slash - dots;
}
