import type { ReadOptions } from "../model/trace-source.ts";
import { childBytes } from "./child-bytes.ts";
import type { Container } from "./container.ts";
import { gunzipBytes } from "./gunzip-bytes.ts";
import { plainBytes } from "./plain-bytes.ts";
import type { Reading } from "./reading.ts";

/**
 * The plain bytes of a compressed file, from the descriptor's position on. A decompressor gets the descriptor itself,
 * which saves two copies of every byte.
 */
export function compressedBytes(
  { program }: Container,
  fd: number,
  reading: Reading,
  { signal }: ReadOptions,
): AsyncGenerator<Uint8Array> {
  // The consumer's room is for plain bytes.
  const options = signal === undefined ? {} : { signal };
  return program === null
    ? gunzipBytes(plainBytes(fd, reading, options), reading)
    : childBytes(program, { fd }, reading, options);
}
