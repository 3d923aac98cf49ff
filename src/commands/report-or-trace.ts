import { once } from "node:events";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { resolve } from "node:path";
import type { Readable } from "node:stream";
import type { CommandContext } from "./context.ts";

/** True for what begins as a JSON object does; a trace never does. `-` is stdin, of which nothing is taken away. */
export async function isReport(
  file: string,
  { cwd, stdin }: Pick<CommandContext, "cwd" | "stdin">,
): Promise<boolean> {
  const head = file === "-" ? await headOfStream(stdin) : headOfFile(resolve(cwd, file));
  return /^(?:\xef\xbb\xbf)?\s*\{/.test(head.toString("latin1"));
}

const HEAD = 64;

function headOfFile(file: string): Buffer {
  try {
    const fd = openSync(file, "r");
    try {
      return headAt(fd);
    } finally {
      closeSync(fd);
    }
  } catch {
    // A folder, a pipe, or missing: the reader of traces knows better what to say.
    return Buffer.alloc(0);
  }
}

async function headOfStream(stdin: Readable & { readonly fd?: number }): Promise<Buffer> {
  // What a redirected file's reader finds depends on how far the descriptor is: it must not move.
  if (stdin.fd !== undefined && fstatSync(stdin.fd).isFile()) return headAt(stdin.fd);
  if (!stdin.readable) return Buffer.alloc(0);
  if (stdin.readableLength === 0) await Promise.race([once(stdin, "readable"), once(stdin, "end")]);
  const chunk: unknown = stdin.read();
  if (chunk === null) return Buffer.alloc(0);
  stdin.unshift(chunk);
  return Buffer.from(chunk as string | Uint8Array);
}

function headAt(fd: number): Buffer {
  const head = Buffer.alloc(HEAD);
  return head.subarray(0, readSync(fd, head, 0, HEAD, 0));
}
