import type { ReadOptions } from "../model/trace-source.ts";
import { childBytes } from "./child-bytes.ts";
import type { Container } from "./container.ts";
import { gunzipBytes } from "./gunzip-bytes.ts";
import { plainBytes } from "./plain-bytes.ts";
import type { Reading } from "./reading.ts";

/**
 * The plain bytes of a file, compressed or not, from the descriptor's position on; `options.from` is for a file that
 * is not. A decompressor gets the descriptor itself, which saves two copies of every byte.
 */
export function containedBytes(
  container: Container | null,
  fd: number,
  reading: Reading,
  { signal, from }: ReadOptions,
): AsyncGenerator<Uint8Array> {
  // The consumer's room is for plain bytes.
  const options = signal === undefined ? {} : { signal };
  if (container === null)
    return plainBytes(fd, reading, from === undefined ? options : { ...options, from });
  return container.program === null
    ? gunzipBytes(plainBytes(fd, reading, options), reading)
    : childBytes(container.program, { fd }, reading, options);
}
