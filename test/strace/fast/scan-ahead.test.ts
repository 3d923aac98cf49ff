import { once } from "node:events";
import { setTimeout as passed } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { beforeAll, describe, expect, test } from "vitest";
import { makeTrace } from "../../../benchmarks/generator/trace.ts";
import { CALLS } from "../../../src/process/calls.ts";
import { FastParser, type Threading } from "../../../src/strace/fast/fast-parser.ts";
import { giveBack, takeScanner } from "../../../src/strace/fast/idle-scanner.ts";
import { HEAD, NAME } from "../../../src/strace/fast/records.ts";
import { ScanAhead } from "../../../src/strace/fast/scan-ahead.ts";
import { Scanner } from "../../../src/strace/fast/scanner.ts";
import { announce, newTurns, pieceAt, TURN } from "../../../src/strace/fast/turns.ts";
import type { WasmModule } from "../../../src/strace/fast/web-assembly.ts";
import { StraceParser } from "../../../src/strace/parser.ts";
import { threadProgram } from "../../thread-program.ts";
import { Notes } from "./notes.ts";
import { scannerModule } from "./scanner-module.ts";

const PIECE = 300_000;

let module: WasmModule;
let program: string;
beforeAll(async () => {
  module = await scannerModule();
  program = await threadProgram("strace/fast/scan-thread");
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

  test("is not misled by a notice that comes when its piece was scanned already", async () => {
    const scanner = new Scanner(module);
    for (const name of ["openat", "access"]) scanner.addName(name, NAME.read);
    const turns = newTurns();
    const workerData = { share: scanner.share, turns };
    const thread = new Worker(program, { eval: true, workerData });
    const until = async (done: () => boolean) => {
      for (let wait = 0; wait < 400 && !done(); wait++) await passed(5);
    };
    const disturb = async () => {
      for (let late = 0; late < 10; late++) {
        Atomics.notify(turns, TURN.submitted);
        await passed(2);
      }
    };
    await until(() => turns[TURN.ready] === 1);
    await disturb();
    const lines = Buffer.from('7 access("/x", F_OK) = 0\n'.repeat(3));
    for (let piece = 0; piece < 3; piece++) {
      lines.copy(scanner.memory, scanner.input);
      turns[pieceAt(piece)] = scanner.input;
      turns[pieceAt(piece) + 1] = scanner.input + lines.length;
      announce(turns, TURN.submitted);
      await until(() => turns[TURN.filled] === piece + 1);
      await disturb();
      expect(turns[TURN.filled]).toBe(piece + 1);
      expect(scanner.blocks[piece]?.[HEAD.count]).toBe(3);
    }
    Atomics.store(turns, TURN.closed, 1);
    announce(turns, TURN.submitted);
    await once(thread, "exit");
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

describe("the scanner that nobody uses", () => {
  test("is the next log's, and knows nothing of the one before", () => {
    const first = takeScanner(module);
    first.addName("access", NAME.read);
    giveBack(first);
    const second = takeScanner(module);
    expect(second).toBe(first);
    const line = Buffer.from('7 access("/x", F_OK) = 0\n');
    line.copy(second.memory, second.input);
    second.scan(0, second.input, second.input + line.length);
    expect(second.blocks[0]?.[HEAD.count]).toBe(0);
    expect(second.blocks[0]?.[HEAD.dull]).toBe(1);
    giveBack(second);
  });

  test("is one for each of two logs at the same time", () => {
    expect(takeScanner(module)).not.toBe(takeScanner(module));
  });

  test("is not given away while a thread still works with it", async () => {
    const scanner = takeScanner(module);
    giveBack(scanner);
    const started: ScanAhead[] = [];
    const options = { signatures: CALLS, sink: new Notes(), threading: threading(started) };
    const parser = new FastParser(module, options);
    parser.write(manyTexts());
    parser.close();
    expect(takeScanner(module)).not.toBe(scanner);
    await started[0]?.ended;
    await passed(0);
    expect(takeScanner(module)).toBe(scanner);
  });
});
