import { once } from "node:events";
import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { Readable } from "node:stream";
import { openStream } from "../input/trace-file.ts";
import type { CommandContext } from "./context.ts";

/** What a user named, by its content. */
export interface Looked {
  /** True for what begins as a JSON object does; a trace never does. */
  readonly isReport: boolean;
  /** Where the content is to be had, for what can be read but once: a FIFO, `/dev/fd/63`. Nothing is taken away from it. */
  readonly stream: Readable | null;
}

/** Looks at the beginning of a report or a trace; `-` is stdin. */
export async function lookAtInput(
  file: string,
  { cwd, stdin }: Pick<CommandContext, "cwd" | "stdin">,
): Promise<Looked> {
  if (file === "-") return { isReport: isJson(await headOfStream(stdin)), stream: null };
  const place = resolve(cwd, file);
  const found = statSync(place, { throwIfNoEntry: false });
  // Of a folder, or of nothing, the reader of traces knows better what to say.
  if (found === undefined || found.isDirectory()) return { isReport: false, stream: null };
  if (found.isFile()) return { isReport: isJson(headOfFile(place)), stream: null };
  const stream = openStream(place);
  return { isReport: isJson(await headOfStream(stream)), stream };
}

const HEAD = 64;

function isJson(head: Buffer): boolean {
  return /^(?:\xef\xbb\xbf)?\s*\{/.test(head.toString("latin1"));
}

function headOfFile(file: string): Buffer {
  try {
    const fd = openSync(file, "r");
    try {
      return headAt(fd);
    } finally {
      closeSync(fd);
    }
  } catch {
    // The reader of traces says why.
    return Buffer.alloc(0);
  }
}

async function headOfStream(stream: Readable & { readonly fd?: number }): Promise<Buffer> {
  // What a redirected file's reader finds depends on how far the descriptor is: it must not move.
  if (stream.fd !== undefined && fstatSync(stream.fd).isFile()) return headAt(stream.fd);
  let head = Buffer.alloc(0);
  // Who writes may write a byte at a time; white space alone tells nothing, and is nothing.
  while (
    stream.readable &&
    head.length < HEAD &&
    !/[^\s\xef\xbb\xbf]/.test(head.toString("latin1"))
  ) {
    if (stream.readableLength === 0)
      await Promise.race([once(stream, "readable"), once(stream, "end")]);
    const chunk: unknown = stream.read();
    if (chunk === null) return Buffer.alloc(0);
    head = Buffer.concat([head, Buffer.from(chunk as string | Uint8Array)]);
  }
  // In the same turn as the read: nothing can be put back into a stream that has told its end.
  if (head.length > 0) stream.unshift(head);
  return head;
}

function headAt(fd: number): Buffer {
  const head = Buffer.alloc(HEAD);
  return head.subarray(0, readSync(fd, head, 0, HEAD, 0));
}
