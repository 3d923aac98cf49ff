import { readSync } from "node:fs";
import type { ReadOptions } from "../model/trace-source.ts";
import { childBytes } from "./child-bytes.ts";
import { MAGIC_LENGTH, recogniseContainer } from "./container.ts";
import { descriptorPosition } from "./descriptor-position.ts";
import { gunzipBytes } from "./gunzip-bytes.ts";
import { plainBytes } from "./plain-bytes.ts";
import type { Reading } from "./reading.ts";

/**
 * The plain bytes of a regular file, compressed or not, from the descriptor's position on. A decompressor
 * gets the descriptor itself, which saves two copies of every byte.
 */
export async function* fileBytes(
  fd: number,
  reading: Reading,
  options: ReadOptions,
): AsyncGenerator<Uint8Array> {
  const head = new Uint8Array(MAGIC_LENGTH);
  const start = descriptorPosition(fd) ?? 0;
  const container = recogniseContainer(head.subarray(0, readSync(fd, head, 0, head.length, start)));
  if (container === null) {
    yield* plainBytes(fd, reading, options);
  } else if (container.program === null) {
    // The consumer's room is for plain bytes.
    const { signal } = options;
    const compressed = plainBytes(fd, reading, signal === undefined ? {} : { signal });
    yield* gunzipBytes(compressed, reading);
  } else {
    yield* childBytes(container.program, { fd }, reading, options);
  }
}
