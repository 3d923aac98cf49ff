import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { json, text } from "node:stream/consumers";
import type { Report } from "../../src/model/report.ts";
import { type FileSet, leak, type Shape } from "./shapes.ts";

/** What one run took. */
export interface Measured {
  readonly bytes: number;
  readonly seconds: number;
  /** Peak resident memory (VmHWM), in MiB. */
  readonly memory: number;
  /** Most descriptors seen open at once. */
  readonly descriptors: number;
  readonly report: Report;
}

/** As its last act the program tells its own peak: whoever samples from outside misses it. */
const TELL_PEAK =
  'data:text/javascript,import{readFileSync,writeSync}from"node:fs";process.on("exit",()=>writeSync(3,readFileSync("/proc/self/status")))';
const PIECE = 1 << 18;

/** Lets `program` (arguments of node) judge a shape, from a pipe or, where it is a set of files, from a folder. */
export async function measure(
  program: readonly string[],
  { make }: Shape,
  size: number,
): Promise<Measured> {
  const made = make(size);
  const folder = Symbol.iterator in made ? null : folderOf(made);
  const start = performance.now();
  const args = [
    "--import",
    TELL_PEAK,
    ...program,
    "check",
    "--sysroot",
    "/opt/s",
    "--format",
    "json",
  ];
  const child = spawn(process.execPath, [...args, folder ?? "-"], {
    stdio: ["pipe", "pipe", "pipe", "pipe"],
  });
  let descriptors = 0;
  const watch = setInterval(() => {
    descriptors = Math.max(descriptors, openFilesOf(child));
  }, 20);
  const said = Promise.all([
    json(child.stdout).catch(() => null) as Promise<Report | null>,
    text(child.stderr),
    text(child.stdio[3] as Readable),
    once(child, "close"),
  ]);
  try {
    const bytes = await feed(child.stdin, Symbol.iterator in made ? made : [], said);
    const [report, stderr, status, [code, signal]] = await said;
    const seconds = (performance.now() - start) / 1000;
    if (report === null) throw new Error(`no report, ${signal ?? code}: ${stderr.slice(-2000)}`);
    const memory = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024;
    return { bytes, seconds, memory, descriptors, report };
  } finally {
    clearInterval(watch);
    if (folder !== null) rmSync(folder, { recursive: true });
  }
}

/** Writes the log between two leaks; ends early when the program does. */
async function feed(
  stdin: Writable,
  pieces: Iterable<string>,
  said: Promise<unknown>,
): Promise<number> {
  let gone = false;
  stdin.on("error", () => {
    gone = true;
  });
  let bytes = 0;
  let waiting: string[] = [];
  let length = 0;
  const flush = async (): Promise<void> => {
    const piece = Buffer.from(waiting.join(""), "latin1");
    bytes += piece.length;
    waiting = [];
    length = 0;
    if (!stdin.write(piece)) await Promise.race([once(stdin, "drain"), said]);
  };
  waiting.push(leak(3, "first"));
  for (const piece of pieces) {
    if (gone) break;
    waiting.push(piece);
    length += piece.length;
    if (length > PIECE) await flush();
  }
  waiting.push(leak(4, "last"));
  await flush();
  stdin.end();
  return bytes;
}

function folderOf({ files }: FileSet): string {
  const folder = mkdtempSync(join(tmpdir(), "hostbleed-soak-"));
  for (const [pid, content] of files) writeFileSync(join(folder, `build.${pid}`), content);
  return folder;
}

function openFilesOf({ pid }: ChildProcess): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return 0;
  }
}
