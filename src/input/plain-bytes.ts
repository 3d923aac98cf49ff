import { read, readSync } from "node:fs";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { ReadOptions } from "../model/trace-source.ts";
import { type Reading, reasonOf } from "./reading.ts";

/** Pieces read at once where the consumer has no room of its own; larger ones were measured to gain nothing. */
const CHUNK_BYTES = 1 << 20;
/** Longest stretch, in ms, that reading keeps the event loop from signals and progress. */
const TURN_MS = 25;

/**
 * The bytes from the descriptor's position, or from `options.from`, to wherever the file ends when that is reached, so a file that
 * grows or shrinks meanwhile is as good as any. Blocking reads: a third of the time of `createReadStream`,
 * see benchmarks/NOTES.md. Where the consumer has room enough, one is under way in a thread of Node's while the last is used.
 */
export async function* plainBytes(
  fd: number,
  reading: Reading,
  options: ReadOptions,
): AsyncGenerator<Uint8Array> {
  const room = options.room ?? ownRoom();
  const { from = null, ahead = false } = options;
  const isWanted = (): boolean => options.signal?.aborted !== true;
  if (!isWanted()) return;
  try {
    const chunks = ahead ? readAhead(fd, room, from) : readNow(fd, room, from);
    for await (const chunk of chunks) {
      reading.consumed += chunk.length;
      yield chunk;
      if (!isWanted()) return;
    }
  } catch (error) {
    if (reading.consumed === 0) throw error;
    reading.damage ??= `reading stopped at byte ${reading.consumed}: ${reasonOf(error)}`;
  }
}

async function* readNow(
  fd: number,
  room: () => Uint8Array,
  from: number | null,
): AsyncGenerator<Uint8Array> {
  let position = from;
  let turned = performance.now();
  for (;;) {
    const target = room();
    const length = readSync(fd, target, 0, target.length, position);
    if (length === 0) return;
    if (position !== null) position += length;
    yield target.subarray(0, length);
    if (performance.now() - turned > TURN_MS) {
      await nextTurn();
      turned = performance.now();
    }
  }
}

async function* readAhead(
  fd: number,
  room: () => Uint8Array,
  from: number | null,
): AsyncGenerator<Uint8Array> {
  let position = from;
  const begin = (): Coming => {
    const target = room();
    const length = readInto(fd, target, position);
    // It may fail while the consumer is at work; who waits for it is told.
    length.catch(() => {});
    return { target, length };
  };
  let next = begin();
  try {
    for (;;) {
      const length = await next.length;
      if (length === 0) return;
      if (position !== null) position += length;
      const chunk = next.target.subarray(0, length);
      next = begin();
      yield chunk;
    }
  } finally {
    // The room is its owner's again when nothing is put there any more.
    await next.length.catch(() => {});
  }
}

/** A read that is under way. */
interface Coming {
  readonly target: Uint8Array;
  readonly length: Promise<number>;
}

function readInto(fd: number, target: Uint8Array, position: number | null): Promise<number> {
  return new Promise((resolve, reject) => {
    read(fd, target, 0, target.length, position, (error, length) => {
      if (error === null) resolve(length);
      else reject(error);
    });
  });
}

function ownRoom(): () => Uint8Array {
  const own = new Uint8Array(CHUNK_BYTES);
  return () => own;
}
