import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { collectSources } from "../../src/input/collect.ts";
import type { Stdin } from "../../src/input/trace-stdin.ts";
import type { ReadOptions, TraceSource } from "../../src/model/trace-source.ts";

/** A folder for one test, with the files it names. */
export class Workspace {
  readonly folder: string = mkdtempSync(join(tmpdir(), "hostbleed-input-"));

  write(name: string, content: string | Uint8Array): string {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** Collected names, seen from this folder. */
  async names(...args: string[]): Promise<string[]> {
    const sources = await this.collect(...args);
    return sources.map((source) => source.name.replace(`${this.folder}/`, ""));
  }

  collect(...args: string[]): Promise<TraceSource[]> {
    return collectSources(
      args.map((name) => this.path(name)),
      { stdin: nothingPiped() },
    );
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export const LINE = 'openat(AT_FDCWD, "/etc/hosts", O_RDONLY) = 3\n';

export function piped(...chunks: readonly (string | Uint8Array)[]): Stdin {
  return Readable.from(chunks.map((chunk) => Buffer.from(chunk as Uint8Array)));
}

export function nothingPiped(): Stdin {
  return Object.assign(Readable.from([]), { isTTY: true });
}

export async function readAll(source: TraceSource, options?: ReadOptions): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of source.open(options)) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** Bytes that do not compress to nothing: numbered lines with a little noise. */
export function manyLines(bytes: number): Buffer {
  const lines: string[] = [];
  let seed = 1;
  for (let length = 0; length < bytes; ) {
    seed = (seed * 48_271) % 2_147_483_647;
    const line = `${4000 + (seed % 90)} openat(AT_FDCWD, "/usr/include/${seed.toString(36)}.h", O_RDONLY) = 3\n`;
    lines.push(line);
    length += line.length;
  }
  return Buffer.from(lines.join(""));
}

export function hasProgram(command: string): boolean {
  return spawnSync(command, ["--version"], { stdio: "ignore" }).error === undefined;
}

export function compress(command: string, content: Uint8Array): Buffer {
  return spawnSync(command, ["-c"], { input: content, maxBuffer: 1 << 28 }).stdout;
}
