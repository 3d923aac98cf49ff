import { fstatSync, readSync } from "node:fs";
import type { ReadOptions } from "../model/trace-source.ts";
import { MAGIC_LENGTH, recogniseContainer } from "./container.ts";
import { Pace } from "./pace.ts";
import { plainBytes } from "./plain-bytes.ts";
import { readAhead, readProgram } from "./read-ahead.ts";
import type { Reading } from "./reading.ts";

/** Compressed bytes from which on a thread of its own pays: half of that lost 4 %, twice it won 10. */
const PACKED_BYTES = 4 << 20;
/** The same for plain ones, of a disk that makes us wait. */
const PLAIN_BYTES = 32 << 20;

/**
 * The plain bytes of a regular file, compressed or not, from `start` on, which is the descriptor's position. A consumer
 * with room of its own reads one file at a time, as fast as it can: a long one that must be decompressed or waited for
 * is read by a thread then.
 */
export async function* fileBytes(
  fd: number,
  start: number,
  reading: Reading,
  options: ReadOptions,
): AsyncGenerator<Uint8Array> {
  const { room, from } = options;
  // Of a folder of small files, a read for the magic alone was an eighth of the time.
  const reads = room !== undefined && !from;
  const head = reads ? room() : new Uint8Array(MAGIC_LENGTH);
  const length = readSync(fd, head, 0, head.length, start);
  const container = recogniseContainer(head.subarray(0, Math.min(length, MAGIC_LENGTH)));
  if (container === null && reads) {
    if (length === 0) return;
    reading.consumed += length;
    yield head.subarray(0, length);
    const isLong = fstatSync(fd).size - start >= PLAIN_BYTES;
    const pace = isLong ? new Pace() : null;
    yield* plainBytes(fd, reading, { ...options, from: start + length }, pace);
    if (pace?.isSlow === true && options.signal?.aborted !== true)
      yield* readAhead(readProgram(), null, fd, reading, {
        ...options,
        from: start + reading.consumed,
      });
  } else if (container === null) {
    yield* plainBytes(fd, reading, options);
  } else {
    const isLong = room !== undefined && fstatSync(fd).size - start >= PACKED_BYTES;
    const program = isLong ? readProgram() : null;
    yield* behind(readAhead(program, container, fd, reading, options), from);
  }
}

/** Nobody can jump into compressed bytes: what comes before is made and dropped. */
async function* behind(
  chunks: AsyncIterable<Uint8Array>,
  from: number = 0,
): AsyncGenerator<Uint8Array> {
  let left = from;
  for await (const chunk of chunks) {
    if (left < chunk.length) yield chunk.subarray(left);
    left = Math.max(0, left - chunk.length);
  }
}
