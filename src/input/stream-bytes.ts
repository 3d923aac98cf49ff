import type { Readable } from "node:stream";
import { systemReason } from "../model/system-reason.ts";
import type { ReadOptions } from "../model/trace-source.ts";
import type { Reading } from "./reading.ts";

/** The bytes of a pipe, socket or terminal as they come: nothing is held back, so a live log is seen at once. */
export async function* streamBytes(
  stream: Readable,
  reading: Reading,
  options: ReadOptions,
): AsyncGenerator<Uint8Array> {
  const { signal } = options;
  const stop = (): void => {
    stream.destroy();
  };
  if (signal?.aborted === true) stop();
  signal?.addEventListener("abort", stop);
  try {
    for await (const chunk of stream) {
      const bytes: Uint8Array = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
      reading.consumed += bytes.length;
      yield bytes;
    }
  } catch (error) {
    if (signal?.aborted === true) return;
    if (reading.consumed === 0) throw error;
    reading.damage = `reading stopped at byte ${reading.consumed}: ${systemReason(error)}`;
  } finally {
    signal?.removeEventListener("abort", stop);
    stream.destroy();
  }
}
