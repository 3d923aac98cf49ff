import { type ChildProcess, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { HostbleedError } from "../model/errors.ts";
import { systemReason } from "../model/system-reason.ts";
import type { ReadOptions } from "../model/trace-source.ts";
import type { Decompressor } from "./container.ts";
import { descriptorPosition } from "./descriptor-position.ts";
import type { Reading } from "./reading.ts";

/** How often to look how far the decompressor is: a look at /proc for each piece took a twentieth of all time. */
const LOOK_MS = 50;

/** What a decompressor reads: an open file, or bytes that we hand on. */
export type CompressedInput =
  | { readonly fd: number }
  | { readonly bytes: AsyncIterable<Uint8Array> };

/**
 * The plain bytes that a system decompressor makes. A child that fails or is killed ends the bytes with
 * `reading.damage`; nothing that it wrote before is lost.
 * @throws HostbleedError `decompressor-missing`
 */
export async function* childBytes(
  program: Decompressor,
  input: CompressedInput,
  reading: Reading,
  options: ReadOptions,
): AsyncGenerator<Uint8Array> {
  const child = spawn(program.command, program.args, {
    stdio: ["fd" in input ? input.fd : "pipe", "pipe", "pipe"],
  });
  const ending = endOf(child);
  const complaint = firstWords(child.stderr);
  if ("bytes" in input) void feed(input.bytes, child.stdin, reading);
  const stop = (): void => {
    child.kill();
  };
  options.signal?.addEventListener("abort", stop);
  try {
    if (child.stdout !== null) {
      const look = (): void => {
        if ("fd" in input) reading.consumed = descriptorPosition(input.fd) ?? reading.consumed;
      };
      let looked = 0;
      for await (const chunk of child.stdout) {
        const now = performance.now();
        if (now - looked > LOOK_MS) {
          look();
          looked = now;
        }
        yield chunk;
      }
      look();
    }
    const end = await ending;
    if (end instanceof Error) throw missing(program, end);
    if (end !== 0 && options.signal?.aborted !== true) {
      reading.damage ??= `${program.command}: ${(await complaint) || `ended with ${end}`}`;
    }
  } finally {
    options.signal?.removeEventListener("abort", stop);
    child.kill();
  }
}

/** Exit status, name of the signal that killed it, or the error that kept it from starting. */
function endOf(child: ChildProcess): Promise<number | string | Error> {
  return new Promise((resolve) => {
    child.once("error", resolve);
    child.once("close", (status, signal) => resolve(status ?? signal ?? "an unknown end"));
  });
}

async function feed(
  bytes: AsyncIterable<Uint8Array>,
  sink: Writable | null,
  reading: Reading,
): Promise<void> {
  if (sink === null) return;
  // A child that stopped reading says why by its exit status; the broken pipe adds nothing.
  sink.on("error", () => {});
  try {
    for await (const chunk of bytes) {
      if (sink.destroyed) break;
      if (!sink.write(chunk)) await drained(sink);
    }
  } catch (error) {
    reading.damage ??= systemReason(error);
  }
  sink.end();
}

function drained(sink: Writable): Promise<void> {
  return new Promise((resolve) => {
    sink.once("drain", resolve).once("close", resolve);
  });
}

const COMPLAINT_LENGTH = 200;

async function firstWords(stderr: Readable | null): Promise<string> {
  let words = "";
  for await (const chunk of stderr ?? []) if (words.length < COMPLAINT_LENGTH) words += chunk;
  const line = words.trim().split("\n", 1)[0] ?? "";
  return line.slice(0, COMPLAINT_LENGTH);
}

function missing(program: Decompressor, error: Error): HostbleedError {
  return new HostbleedError(
    "decompressor-missing",
    systemReason(error),
    `install it (Debian: apt install ${program.debianPackage}), or decompress the file first`,
  );
}
