import { closeSync, constants, openSync, readSync } from "node:fs";
import { gunzipSync, constants as zlib } from "node:zlib";
import { archiveOf } from "./archive.ts";
import { recogniseContainer } from "./container.ts";

/** How a file of a folder looks from its first bytes. */
export type Look = "trace" | "empty" | "unreadable" | "other";

const HEAD_BYTES = 64 << 10;
/** 64 KiB can swell to 64 MiB; a look needs none of that. */
const COMPRESSED_HEAD_BYTES = 4 << 10;
const LINES = 50;

/**
 * Tells a log from the other files of a folder. Only for choosing: a file that the user names is never
 * looked at this way. Formats that only a child process can open are told by their name.
 */
export function lookAt(path: string): Look {
  const head = readHead(path);
  if (head === null) return "unreadable";
  if (head.length === 0) return "empty";
  const container = recogniseContainer(head);
  if (container === null) return lookOfText(head);
  if (container.program !== null) return /strace|trace/i.test(path) ? "trace" : "other";
  return lookOfText(plainHead(head));
}

function readHead(path: string): Buffer | null {
  let fd: number | null = null;
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const head = Buffer.alloc(HEAD_BYTES);
    return head.subarray(0, readSync(fd, head, 0, head.length, 0));
  } catch {
    return null;
  } finally {
    if (fd !== null) closeSync(fd);
  }
}

function plainHead(head: Buffer): Buffer {
  try {
    return gunzipSync(head.subarray(0, COMPRESSED_HEAD_BYTES), { finishFlush: zlib.Z_SYNC_FLUSH });
  } catch {
    return Buffer.alloc(0);
  }
}

function lookOfText(head: Buffer): Look {
  if (archiveOf(head) !== null) return "other";
  // UTF-16 is a mistake that the parser names, so it must get to see it.
  const text = head.toString("latin1").replaceAll("\0", "");
  return text.split("\n", LINES).some(isTraceLine) ? "trace" : "other";
}

function isTraceLine(line: string): boolean {
  if (MARKS.some((mark) => line.includes(mark))) return true;
  return /\bexecve\("/.test(line) || (/[a-z0-9_]\(/.test(line) && /\) += (?:-?\d|\?)/.test(line));
}

const MARKS = [" <unfinished ...>", " resumed>", "+++ exited with ", "+++ killed by ", "--- SIG"];
