import { readSync } from "node:fs";
import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises";
import type { Interruption } from "../model/interruption.ts";

/** How a pipe is read. */
export interface PumpOptions {
  /** Ends the reading early. */
  readonly signal?: Interruption | undefined;
  /** Whether what was read may be worked on now, asked before each piece. */
  readonly isTime?: () => boolean;
}

/** What the kernel holds in a pipe, so the most that one read can bring. */
const PIPE_BYTES = 64 << 10;
/** What a read should bring: far from a full pipe, which would make strace wait for us. */
const WANTED_BYTES = 16 << 10;
/** A burst fills a silent pipe in 5 ms; with 20 here, strace spent 2.6 % of a build waiting, with 4 less than 0.1 %. */
const LONGEST_PAUSE_MS = 4;
/** Reads fill one buffer after the other: an allocation for each would cost more than a short read. */
const BUFFER_BYTES = 16 * PIPE_BYTES;

/** What may lie here unread while the build needs all cores. */
const MOST_HELD = 32 << 20;

/**
 * The bytes of a pipe that was opened non-blocking, until its last writer is gone or the signal comes. While it is
 * not the time for work, they are held back, up to a bound: the pipe is emptied all the same.
 *
 * strace writes each line by itself. A reader that sleeps in the kernel is woken for each of them, which costs
 * both sides more than the line does; this one looks in as often as the pipe fills, see benchmarks/NOTES.md.
 */
export async function* pumpPipe(
  fd: number,
  { signal, isTime = () => true }: PumpOptions = {},
): AsyncGenerator<Uint8Array> {
  const held: Uint8Array[] = [];
  let bytes = 0;
  let rest = LONGEST_PAUSE_MS;
  let room = Buffer.allocUnsafeSlow(BUFFER_BYTES);
  while (signal?.aborted !== true) {
    if (room.length < PIPE_BYTES) room = Buffer.allocUnsafeSlow(BUFFER_BYTES);
    const length = readNow(fd, room.subarray(0, PIPE_BYTES));
    if (length === 0) break;
    const got = length ?? 0;
    if (got > 0) held.push(room.subarray(0, got));
    bytes += got;
    room = room.subarray(got);
    rest = Math.min(LONGEST_PAUSE_MS, Math.max(1, (rest * WANTED_BYTES) / Math.max(got, 1)));
    const next = bytes > MOST_HELD || isTime() ? held.shift() : undefined;
    if (next !== undefined) {
      bytes -= next.length;
      yield next;
    }
    await ((held.length > 0 && next !== undefined) || got > PIPE_BYTES / 2
      ? nextTurn()
      : pause(rest));
  }
  yield* held;
}

/** Bytes read; 0 at the end, null when there is nothing to read now. */
function readNow(fd: number, room: Uint8Array): number | null {
  try {
    return readSync(fd, room, 0, room.length, null);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EAGAIN") return null;
    throw error;
  }
}
