import { readSync } from "node:fs";
import { setImmediate as nextTurn } from "node:timers/promises";
import { systemReason } from "../model/system-reason.ts";
import type { ReadOptions } from "../model/trace-source.ts";
import type { Pace } from "./pace.ts";
import type { Reading } from "./reading.ts";

/** Pieces read at once where the consumer has no room of its own; larger ones were measured to gain nothing. */
const CHUNK_BYTES = 1 << 20;
/** Longest stretch, in ms, that reading keeps the event loop from signals and progress. */
const TURN_MS = 25;

/**
 * The bytes from the descriptor's position, or from `options.from`, to wherever the file ends when that is reached, so a file that
 * grows or shrinks meanwhile is as good as any. Blocking reads: a third of the time of `createReadStream`,
 * see benchmarks/NOTES.md. With a `pace` it stops early, where that finds the file a slow one.
 */
export async function* plainBytes(
  fd: number,
  reading: Reading,
  options: ReadOptions,
  pace: Pace | null = null,
): AsyncGenerator<Uint8Array> {
  const room = options.room ?? ownRoom();
  let position = options.from ?? null;
  let turned = performance.now();
  while (options.signal?.aborted !== true && pace?.isSlow !== true) {
    const target = room();
    const began = performance.now();
    let length: number;
    try {
      length = readSync(fd, target, 0, target.length, position);
    } catch (error) {
      if (reading.consumed === 0) throw error;
      reading.damage ??= `reading stopped at byte ${reading.consumed}: ${systemReason(error)}`;
      return;
    }
    if (length === 0) return;
    pace?.took(length, performance.now() - began);
    reading.consumed += length;
    if (position !== null) position += length;
    yield target.subarray(0, length);
    if (performance.now() - turned > TURN_MS) {
      await nextTurn();
      turned = performance.now();
    }
  }
}

function ownRoom(): () => Uint8Array {
  const own = new Uint8Array(CHUNK_BYTES);
  return () => own;
}
