import type { ByteString } from "../model/byte-string.ts";

/** A message of strace itself, which it writes to stderr where the cursor happens to stand. */
export interface OwnMessage {
  /** Where it begins: what is before belongs to a call that goes on in the next line. */
  readonly at: number;
  readonly what: "attached" | "detached" | "other";
  readonly pid: number | null;
}

/** argv[0] of strace as a path or a bare name, then what it says; always to the end of the line. */
const MESSAGE =
  /(?:\.{0,2}(?:\/[^\s"(),/]+)*\/)?strace[\w.-]*: (?:Process (\d+) (attached|detached)[^\n]*|WARNING:[^\n]*|[Dd]etached unknown pid \d+)$/;

/** Finds the message that a line ends with; null when there is none. */
export function findOwnMessage(line: ByteString): OwnMessage | null {
  if (!line.includes("strace")) return null;
  const match = MESSAGE.exec(line);
  if (!match) return null;
  const what = match[2] === "attached" || match[2] === "detached" ? match[2] : "other";
  return { at: match.index, what, pid: match[1] === undefined ? null : Number(match[1]) };
}
