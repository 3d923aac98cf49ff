import { readSync } from "node:fs";
import type { ReadOptions } from "../model/trace-source.ts";
import { childBytes } from "./child-bytes.ts";
import { MAGIC_LENGTH, recogniseContainer } from "./container.ts";
import { gunzipBytes } from "./gunzip-bytes.ts";
import { plainBytes } from "./plain-bytes.ts";
import type { Reading } from "./reading.ts";

/**
 * The plain bytes of a regular file, compressed or not, from `start` on, which is the descriptor's position. A
 * decompressor gets the descriptor itself, which saves two copies of every byte.
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
    yield* plainBytes(fd, reading, { ...options, from: start + length });
  } else if (container === null) {
    yield* plainBytes(fd, reading, options);
  } else if (container.program === null) {
    // The consumer's room is for plain bytes.
    const { signal } = options;
    const compressed = plainBytes(fd, reading, signal === undefined ? {} : { signal });
    yield* behind(gunzipBytes(compressed, reading), options.from);
  } else {
    yield* behind(childBytes(container.program, { fd }, reading, options), options.from);
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
