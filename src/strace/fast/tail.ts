import type { ByteString } from "../../model/byte-string.ts";
import { ResultReader } from "../result.ts";

/** What stands behind the number of a result: an error, a path, a note. */
export interface Tail {
  readonly errno: string | null;
  readonly path: ByteString | null;
  readonly pid: number | null;
  readonly injected: boolean;
}

/** A result that is a number and nothing else. */
export const NO_TAIL: Tail = {
  errno: null,
  path: null,
  pid: null,
  injected: false,
};

const reader = new ResultReader();

/** The duration of -T is gone already; a second one is nothing of strace's. */
const DURATION = / <[\d.]*>$/;

/** Reads a tail as the careful lane does, which looks for an error behind -1 alone; null where it would not understand it. */
export function readTail(text: ByteString, failed: boolean): Tail | null {
  if (DURATION.test(text)) return null;
  // Not 0: a tail that begins with x would make that hexadecimal.
  if (!reader.read(`) = ${failed ? -1 : 1}${text}`, 0, 0)) return null;
  const { errno, path, pid, injected } = reader;
  return { errno, path, pid, injected };
}
