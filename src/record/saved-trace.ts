import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, createWriteStream, openSync } from "node:fs";
import type { Writable } from "node:stream";
import { HostbleedError } from "../model/errors.ts";
import { systemReason } from "../model/system-reason.ts";

interface Compressor {
  readonly command: string;
  readonly args: readonly string[];
}

/** Who packs a log, by the ending of the file's name. Quick settings: the build needs the machine. */
const COMPRESSORS: ReadonlyMap<string, Compressor> = new Map([
  ["zst", { command: "zstd", args: ["-q", "-3", "-c"] }],
  ["gz", { command: "gzip", args: ["-1", "-c"] }],
  ["xz", { command: "xz", args: ["-1", "-c"] }],
]);

/** A file that the log is written to as it comes. */
export interface SavedTrace {
  /** Why the file is not whole; null while all is well. */
  readonly failure: string | null;
  /** Resolves when there is room for more. After a failure the rest is dropped: the judgement goes on. */
  write(chunk: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a file to save a log in; its ending says how it is compressed.
 * @throws HostbleedError `save-failed`
 */
export async function saveTrace(path: string): Promise<SavedTrace> {
  const compressor = COMPRESSORS.get(path.split(".").at(-1) ?? "");
  try {
    const { sink, closed } = await (compressor === undefined
      ? plainFile(path)
      : packedFile(path, compressor));
    return savedTrace(path, sink, closed);
  } catch (error) {
    throw new HostbleedError("save-failed", `${path}: ${systemReason(error)}`);
  }
}

interface Target {
  readonly sink: Writable;
  /** Settles when all is written: null, or what went wrong. */
  readonly closed: Promise<string | null>;
}

async function plainFile(path: string): Promise<Target> {
  const sink = createWriteStream(path);
  await once(sink, "open");
  return { sink, closed: new Promise((resolve) => sink.once("close", () => resolve(null))) };
}

async function packedFile(path: string, { command, args }: Compressor): Promise<Target> {
  const file = openSync(path, "w");
  try {
    // A session of its own: Ctrl-C is for the build, and must not cut the log of the build's end.
    const child = spawn(command, args, { stdio: ["pipe", file, "inherit"], detached: true });
    await once(child, "spawn");
    const closed = new Promise<string | null>((resolve) =>
      child.once("close", (status) =>
        resolve(status === 0 ? null : `${command} ended with ${status}`),
      ),
    );
    return { sink: child.stdin as Writable, closed };
  } finally {
    closeSync(file);
  }
}

function savedTrace(path: string, sink: Writable, closed: Promise<string | null>): SavedTrace {
  let failure: string | null = null;
  sink.on("error", (error) => {
    failure ??= `${path}: ${systemReason(error)}`;
  });
  return {
    get failure() {
      return failure;
    },
    async write(chunk) {
      if (failure !== null || sink.write(chunk)) return;
      await Promise.race([once(sink, "drain").catch(() => {}), closed]);
    },
    async close() {
      sink.end();
      const reason = await closed;
      if (reason !== null) failure ??= `${path}: ${reason}`;
    },
  };
}
