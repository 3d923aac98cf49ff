import type { Writable } from "node:stream";
import { HostbleedError } from "../model/errors.ts";
import { systemReason } from "../model/system-reason.ts";

/**
 * Writes all pieces, no faster than the reader reads. When the reader leaves (EPIPE), the rest is dropped:
 * `hostbleed check … | head` ends without a word. Returns false when nobody reads any more.
 * @throws what the stream failed with, otherwise
 */
export async function writeAll(stream: Writable, pieces: Iterable<string>): Promise<boolean> {
  let open = !stream.destroyed;
  let failure: Error | undefined;
  let wake = () => {};
  const settle = (error?: Error | null) => {
    open = false;
    failure ??= error ?? undefined;
    wake();
  };
  const until = (happens: (done: () => void) => void) =>
    new Promise<void>((resolve) => {
      wake = resolve;
      happens(resolve);
    });
  stream.on("error", settle);
  stream.on("close", settle);
  try {
    for (const piece of batches(pieces)) {
      if (!open) break;
      if (!stream.write(piece)) await until((done) => stream.once("drain", done));
      stream.removeListener("drain", wake);
    }
    // An empty write is called back when all before it have left the process, or failed.
    if (open)
      await until((done) =>
        stream.write("", (error) => {
          if (error) settle(error);
          done();
        }),
      );
  } finally {
    // What has failed says so again after its callback, and would end the program where nobody listens.
    if (failure === undefined) stream.off("error", settle);
    stream.off("close", settle);
  }
  if (failure !== undefined && !isBrokenPipe(failure)) throw failure;
  return open;
}

/**
 * Writes to stdout; false when nobody reads it any more.
 * @throws {HostbleedError} `report-unwritable`
 */
export async function print(stdout: Writable, pieces: Iterable<string>): Promise<boolean> {
  try {
    return await writeAll(stdout, pieces);
  } catch (error) {
    throw new HostbleedError("report-unwritable", `stdout: ${systemReason(error)}`);
  }
}

/** True for the error of a pipe whose reader has left. */
export function isBrokenPipe(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "EPIPE" || code === "ERR_STREAM_DESTROYED";
}

/** Pieces joined to writes worth a system call each. */
export function* batches(pieces: Iterable<string>): Iterable<string> {
  let batch = "";
  for (const piece of pieces) {
    batch += piece;
    if (batch.length < BATCH) continue;
    yield batch;
    batch = "";
  }
  if (batch !== "") yield batch;
}

const BATCH = 1 << 16;
