import { fstatSync } from "node:fs";
import type { Readable } from "node:stream";
import type { TraceSource } from "../model/trace-source.ts";
import { ByteSource } from "./byte-source.ts";
import { decompressedBytes } from "./decompressed-bytes.ts";
import { descriptorPosition } from "./descriptor-position.ts";
import { fileBytes } from "./file-bytes.ts";
import { streamBytes } from "./stream-bytes.ts";

/** Standard input, or a stream that stands for it in a test. */
export type Stdin = Readable & { readonly fd?: number; readonly isTTY?: boolean };

/** The log that is piped or redirected into the program. */
export function traceStdin(stdin: Stdin): TraceSource {
  const { fd } = stdin;
  const kind = fd === undefined ? null : fstatSync(fd);
  const size = kind?.isFile() === true ? kind.size : null;
  const identity = { name: "(stdin)", pid: null, set: null, size };
  return new ByteSource(identity, (reading, options) =>
    fd !== undefined && size !== null
      ? fileBytes(fd, descriptorPosition(fd) ?? 0, reading, options)
      : decompressedBytes(streamBytes(stdin, reading, options), reading, options),
  );
}
