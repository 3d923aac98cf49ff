import { closeSync, constants, createReadStream, fstatSync, openSync } from "node:fs";
import { Socket } from "node:net";
import type { ReadOptions, TraceSource } from "../model/trace-source.ts";
import { ByteSource, type Identity } from "./byte-source.ts";
import { decompressedBytes } from "./decompressed-bytes.ts";
import { fileBytes } from "./file-bytes.ts";
import type { Reading } from "./reading.ts";
import { streamBytes } from "./stream-bytes.ts";

/** The log in a file, or behind a name that reads like one: a FIFO, `/dev/fd/63`. */
export function traceFile(identity: Identity): TraceSource {
  return new ByteSource(identity, (reading, options) => read(identity.name, reading, options));
}

async function* read(
  name: string,
  reading: Reading,
  options: ReadOptions,
): AsyncGenerator<Uint8Array> {
  // Without O_NONBLOCK the open of a FIFO that has no writer yet would stop this thread, signals and all.
  const fd = openSync(name, constants.O_RDONLY | constants.O_NONBLOCK);
  const kind = fstatSync(fd);
  if (kind.isFile()) {
    try {
      yield* fileBytes(fd, 0, reading, options);
    } finally {
      closeSync(fd);
    }
    return;
  }
  const stream = kind.isFIFO()
    ? new Socket({ fd, readable: true, writable: false })
    : createReadStream(name, { fd });
  yield* decompressedBytes(streamBytes(stream, reading, options), reading, options);
}
