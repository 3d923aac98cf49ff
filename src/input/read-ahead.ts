import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { type ErrorCode, HostbleedError } from "../model/errors.ts";
import { systemReason } from "../model/system-reason.ts";
import type { ReadOptions } from "../model/trace-source.ts";
import { ByteRing, newRingMemory, type RingMemory } from "./byte-ring.ts";
import { containedBytes } from "./contained-bytes.ts";
import type { Container } from "./container.ts";
import type { Reading } from "./reading.ts";

/** What the thread is given. */
export interface ReadOrder {
  /** Null for a plain file, which is read from `from` on; all else from the descriptor's position on. */
  readonly container: Container | null;
  readonly fd: number;
  readonly from: number | null;
  readonly ring: RingMemory;
  /** One number: bytes of the file that were read so far. */
  readonly consumed: Float64Array;
}

/** What the thread says at its end. */
export interface ReadOutcome extends Readonly<Reading> {
  readonly failure: {
    readonly code: ErrorCode | null;
    readonly message: string;
    readonly hint: string;
  } | null;
}

/** Longest stretch, in ms, that waiting keeps the event loop from signals and progress. */
const TURN_MS = 25;
/** Pieces are garbage at once, and V8 counts next to nothing of them: with the usual 16 MB, 20 MB of them lay about. */
const YOUNG_MB = 1;

/** The thread's program, which the build joined beside this module; null without one, or without a core for it. */
export function readProgram(): string | null {
  if (availableParallelism() < 2) return null;
  try {
    return readFileSync(new URL("./read-thread.cjs", import.meta.url), "utf8");
  } catch {
    return null;
  }
}

/**
 * The same as {@link containedBytes}, made by a thread of its own where there is one to have. Pieces of a pipe or of
 * zlib are garbage after their use, and for each few of them V8 looks through its whole heap: the thread's is a small one.
 * See benchmarks/NOTES.md.
 */
export async function* readAhead(
  program: string | null,
  container: Container | null,
  fd: number,
  reading: Reading,
  options: ReadOptions,
): AsyncGenerator<Uint8Array> {
  const consumed = new Float64Array(new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT));
  consumed[0] = reading.consumed;
  const from = options.from ?? null;
  const order: ReadOrder = { container, fd, from, ring: newRingMemory(), consumed };
  const thread = program === null ? null : start(program, order);
  if (thread === null) {
    yield* containedBytes(container, fd, reading, options);
    return;
  }
  const ring = new ByteRing(order.ring);
  const ending = endOf(thread);
  // It ends the ring itself, unless it dies without a word.
  void ending.then(() => ring.end());
  try {
    let turned = performance.now();
    while (options.signal?.aborted !== true) {
      const piece = ring.next(TURN_MS);
      reading.consumed = consumed[0] ?? 0;
      if (piece !== null) {
        yield piece;
        ring.taken(piece.length);
      } else if (ring.isOver) {
        conclude(await ending, reading);
        return;
      }
      if (performance.now() - turned > TURN_MS) {
        await nextTurn();
        turned = performance.now();
      }
    }
  } finally {
    ring.close();
    // The descriptor is closed next: nobody may read it then. A decompressor dies of its broken pipe.
    await thread.terminate();
  }
}

function start(program: string, order: ReadOrder): Worker | null {
  try {
    const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MB };
    return new Worker(program, { eval: true, workerData: order, resourceLimits });
  } catch {
    return null;
  }
}

function endOf(thread: Worker): Promise<ReadOutcome> {
  return new Promise((resolve) => {
    const died = (message: string): void =>
      resolve({ consumed: 0, damage: null, failure: { code: null, message, hint: "" } });
    thread.once("message", resolve);
    thread.once("error", (error) => died(systemReason(error)));
    thread.once("exit", () => died("the thread that reads has stopped"));
  });
}

/** What was delivered before a failure stays. */
function conclude({ consumed, damage, failure }: ReadOutcome, reading: Reading): void {
  reading.consumed = Math.max(reading.consumed, consumed);
  reading.damage ??= damage;
  if (failure === null) return;
  const { code, message, hint } = failure;
  if (code !== null) throw new HostbleedError(code, message, hint);
  if (reading.consumed === 0) throw new Error(message);
  reading.damage ??= message;
}
