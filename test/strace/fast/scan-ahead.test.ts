import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { beforeAll, describe, expect, test } from "vitest";
import { makeTrace } from "../../../benchmarks/generator/trace.ts";
import { CALLS } from "../../../src/process/calls.ts";
import { FastParser, type Threading } from "../../../src/strace/fast/fast-parser.ts";
import { ScanAhead } from "../../../src/strace/fast/scan-ahead.ts";
import type { Scanner } from "../../../src/strace/fast/scanner.ts";
import type { WasmModule } from "../../../src/strace/fast/web-assembly.ts";
import { StraceParser } from "../../../src/strace/parser.ts";
import { Notes } from "./notes.ts";
import { scannerModule } from "./scanner-module.ts";

const SOURCE = fileURLToPath(new URL("../../../src/strace/fast/scan-thread.ts", import.meta.url));
const PIECE = 300_000;

let module: WasmModule;
let program: string;
beforeAll(async () => {
  module = await scannerModule();
  const { outputFiles } = await build({
    entryPoints: [SOURCE],
    bundle: true,
    format: "cjs",
    platform: "node",
    write: false,
  });
  program = outputFiles[0]?.text ?? "";
}, 60_000);

/** A thread that is waited for, so that it scans all but the first lines. */
function threading(started: ScanAhead[] = [], text: string = program): Threading {
  return {
    after: 0,
    leastChunk: PIECE,
    start({ share, blocks }: Scanner) {
      const thread = new ScanAhead(text, share, blocks);
      started.push(thread);
      const clock = new Int32Array(new SharedArrayBuffer(4));
      for (let wait = 0; wait < 400 && text === program && !thread.isReady; wait++)
        Atomics.wait(clock, 0, 0, 25);
      return thread;
    },
  };
}

function told(log: Uint8Array, threads: Threading | null): readonly string[] {
  const sink = new Notes();
  const options = { signatures: CALLS, sink };
  const parser =
    threads === null
      ? new StraceParser(options)
      : new FastParser(module, { ...options, threading: threads });
  for (let at = 0; at < log.length; at += PIECE) parser.write(log.slice(at, at + PIECE));
  parser.end();
  return [...sink.events, JSON.stringify(parser.counts)];
}

/** More texts than are remembered, so that they are forgotten while the thread is ahead. */
function manyTexts(): Buffer {
  const lines = Array.from({ length: 90_000 }, (_, number) => {
    const path = `/work/generated/${number % 80_000}.h`;
    return `${7 + (number % 3)} openat(AT_FDCWD, "${path}", O_RDONLY) = ${3 + (number % 5)}\n`;
  });
  return Buffer.from(lines.join(""));
}

describe("a thread that scans ahead", () => {
  test.each(["plain", "rich", "stderr"] as const)(
    "tells the same of a log in dialect %s",
    (dialect) => {
      const log = Buffer.concat([
        ...makeTrace({ kind: "all", dialect, bytes: 4_000_000, seed: 11 }),
      ]);
      const started: ScanAhead[] = [];
      expect(told(log, threading(started))).toEqual(told(log, null));
      expect(started.map(({ isReady }) => isReady)).toEqual([true]);
    },
  );

  test("starts its numbers again where there are more texts than it remembers", () => {
    const log = manyTexts();
    expect(told(log, threading())).toEqual(told(log, null));
  });

  test("that cannot start leaves the scanning to the reader", () => {
    const log = manyTexts();
    expect(told(log, threading([], "throw new Error('no')"))).toEqual(told(log, null));
  });

  test("ends when the log is left before its end", async () => {
    const started: ScanAhead[] = [];
    const parser = new FastParser(module, {
      signatures: CALLS,
      sink: new Notes(),
      threading: threading(started),
    });
    parser.write(manyTexts().subarray(0, 2 * PIECE));
    parser.close();
    await expect(started[0]?.ended).resolves.toBe(0);
  });
});
