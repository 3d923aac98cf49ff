import { createGunzip, type Gunzip } from "node:zlib";
import { systemReason } from "../model/system-reason.ts";
import type { Reading } from "./reading.ts";

/** Output pieces of zlib; its default of 16 KiB was measured to cost half a second per GB more. */
const PIECE_BYTES = 1 << 20;
/** Input per step. One step can swell a thousandfold at worst, so this bounds memory at 64 MiB. */
const STEP_BYTES = 64 << 10;

/**
 * The plain bytes of gzip ones, decompressed by another thread while the consumer works on the last step.
 * What comes before a cut or a damaged place is delivered, then `reading.damage` says so; `pipeline` would
 * throw that part away with its buffers.
 */
export async function* gunzipBytes(
  compressed: AsyncIterable<Uint8Array>,
  reading: Reading,
): AsyncGenerator<Uint8Array> {
  const inflation = new Inflation();
  try {
    let step = Promise.resolve();
    for await (const bytes of stepsOf(compressed)) {
      await step;
      if (inflation.over) break;
      const plain = inflation.take();
      step = inflation.write(bytes);
      yield* plain;
    }
    await step;
    yield* inflation.take();
    await inflation.finish();
    yield* inflation.take();
    if (inflation.failure !== null) reading.damage ??= `gzip: ${inflation.failure}`;
  } finally {
    inflation.close();
  }
}

/** Copies in small steps: the chunk's memory is reused while zlib is at work. */
async function* stepsOf(compressed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of compressed) {
    for (let at = 0; at < chunk.length; at += STEP_BYTES) yield chunk.slice(at, at + STEP_BYTES);
  }
}

/** One gzip stream whose output is kept until it is taken, whatever happens to the stream. */
class Inflation {
  failure: string | null = null;
  over = false;
  readonly #gunzip: Gunzip = createGunzip({ chunkSize: PIECE_BYTES });
  #ready: Uint8Array[] = [];
  #settle: () => void = () => {};

  constructor() {
    this.#gunzip.on("data", (piece: Uint8Array) => this.#ready.push(piece));
    this.#gunzip.on("error", (error) => {
      this.failure ??= systemReason(error);
    });
    // zlib forgets the callback of the write that failed, or that met bytes behind the end.
    this.#gunzip.on("close", () => {
      this.over = true;
      this.#settle();
    });
  }

  take(): Uint8Array[] {
    const taken = this.#ready;
    this.#ready = [];
    return taken;
  }

  write(step: Uint8Array): Promise<void> {
    return new Promise((resolve) => {
      this.#settle = resolve;
      this.#gunzip.write(step, () => resolve());
    });
  }

  finish(): Promise<void> {
    if (this.over) return Promise.resolve();
    return new Promise((resolve) => {
      this.#settle = resolve;
      this.#gunzip.end();
    });
  }

  close(): void {
    this.#gunzip.destroy();
  }
}
