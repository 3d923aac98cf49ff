import type { ReadOptions } from "../model/trace-source.ts";
import { childBytes } from "./child-bytes.ts";
import { MAGIC_LENGTH, recogniseContainer } from "./container.ts";
import { gunzipBytes } from "./gunzip-bytes.ts";
import type { Reading } from "./reading.ts";

/** The plain bytes of a stream that may be compressed, as its first bytes tell. */
export async function* decompressedBytes(
  raw: AsyncGenerator<Uint8Array>,
  reading: Reading,
  options: ReadOptions,
): AsyncGenerator<Uint8Array> {
  const head: Uint8Array[] = [];
  let length = 0;
  while (length < MAGIC_LENGTH) {
    const next = await raw.next();
    if (next.done === true) break;
    head.push(next.value);
    length += next.value.length;
  }
  const container = recogniseContainer(Buffer.concat(head));
  const bytes = chain(head, raw);
  if (container === null) yield* bytes;
  else if (container.program === null) yield* gunzipBytes(bytes, reading);
  else yield* childBytes(container.program, { bytes }, reading, options);
}

async function* chain(
  head: readonly Uint8Array[],
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* head;
  yield* rest;
}
