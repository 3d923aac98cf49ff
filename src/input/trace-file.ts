import { closeSync, constants, createReadStream, fstatSync, openSync } from "node:fs";
import { Socket } from "node:net";
import type { Readable } from "node:stream";
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

/** Without O_NONBLOCK the open of a FIFO that has no writer yet would stop this thread, signals and all. */
const NO_WAIT = constants.O_RDONLY | constants.O_NONBLOCK;

async function* read(
  name: string,
  reading: Reading,
  options: ReadOptions,
): AsyncGenerator<Uint8Array> {
  const fd = openSync(name, NO_WAIT);
  if (fstatSync(fd).isFile()) {
    try {
      yield* fileBytes(fd, 0, reading, options);
    } finally {
      closeSync(fd);
    }
    return;
  }
  yield* fromStream(streamOf(fd, name), reading, options);
}

/** The bytes behind a name that is no regular file. */
export function openStream(name: string): Readable {
  return streamOf(openSync(name, NO_WAIT), name);
}

function streamOf(fd: number, name: string): Readable {
  return fstatSync(fd).isFIFO()
    ? new Socket({ fd, readable: true, writable: false })
    : createReadStream(name, { fd });
}

/** The log that an open stream holds, from where it is. */
export function traceStream(name: string, stream: Readable): TraceSource {
  const identity = { name, pid: null, set: null, size: null };
  return new ByteSource(identity, (reading, options) => fromStream(stream, reading, options));
}

function fromStream(
  stream: Readable,
  reading: Reading,
  options: ReadOptions,
): AsyncGenerator<Uint8Array> {
  return decompressedBytes(streamBytes(stream, reading, options), reading, options);
}
