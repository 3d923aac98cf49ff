import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CALLS } from "../../../src/process/calls.ts";
import { FfFile } from "../../../src/process/ff/file.ts";
import { FfLog } from "../../../src/process/ff/log.ts";
import { OpenFiles } from "../../../src/process/ff/open-files.ts";
import { walk } from "../../../src/process/ff/walk.ts";
import { ProcessModel } from "../../../src/process/model.ts";
import { readTraceSet } from "../../../src/process/trace-set.ts";
import { StraceParser } from "../../../src/strace/parser.ts";
import { DescribingListener } from "../describe-processes.ts";
import { memorySource } from "../memory-source.ts";

/** The one log that becomes of files, by pid, handed on in chunks of `room` bytes. */
async function joined(files: Readonly<Record<string, string>>, room = 1 << 16): Promise<string> {
  const open = new OpenFiles();
  const surveyed = Object.entries(files).map(([pid, text]) => ({
    source: memorySource(`log.${pid}`, Buffer.from(text, "latin1")),
    pid: Number(pid),
    start: null,
    forks: [],
  }));
  const survey = {
    files: surveyed,
    born: new Set<number>(),
    timed: false,
    restless: new Set<number>(),
  };
  const log = new FfLog(walk(survey, (file) => new FfFile(file, open)));
  const own = new Uint8Array(room);
  let text = "";
  for await (const chunk of log.chunks(() => own)) text += Buffer.from(chunk).toString("latin1");
  return text;
}

async function read(files: Readonly<Record<string, string>>) {
  const listener = new DescribingListener();
  const model = new ProcessModel({ paths: listener.paths, listener });
  const set = Object.entries(files).map(([pid, text]) =>
    memorySource(`log.${pid}`, Buffer.from(text, "latin1")),
  );
  const counts = await readTraceSet(set, model, {
    parserFor: (sink, { pid, numbers }, signatures) =>
      new StraceParser({ sink, signatures, pid, numbers }),
    signatures: CALLS,
  });
  return { counts, accesses: listener.accesses };
}

describe("the files of strace -ff as one log", () => {
  test("have each line's pid in front of it", async () => {
    expect(await joined({ 10: "a() = 0\nb() = 0\n", 11: "c() = 0\n" })).toBe(
      "10 a() = 0\n10 b() = 0\n11 c() = 0\n",
    );
  });

  test.each(["10 a() = 0\n", "[pid    10] a() = 0\n", "10<sh> a() = 0\n"])(
    "get no second pid where %j has one already",
    async (line) => {
      expect(await joined({ 10: line })).toBe(line);
    },
  );

  test("get one in front of a time, of the day, since 1970 or since the line before", async () => {
    const times = ["12:00:00 ", "1700000000.000001 ", "     0.000012 "];
    for (const time of times)
      expect(await joined({ 10: `${time}a() = 0\n` })).toBe(`10 ${time}a() = 0\n`);
  });

  test("keep dumps and stack frames as parts of the call before", async () => {
    const dump = " | 00000  61 62 63  abc |\n > /lib/libc.so.6(read+0x10) [0xe]\n";
    expect(await joined({ 10: `read(3, "abc", 3) = 3\n${dump}` })).toBe(
      `10 read(3, "abc", 3) = 3\n${dump}`,
    );
  });

  test("are the same in chunks of any size", async () => {
    const line = fc.string({ maxLength: 40 }).map((text) => `${text.replaceAll("\n", "")}\n`);
    const file = fc.array(line, { minLength: 1, maxLength: 8 }).map((lines) => lines.join(""));
    await fc.assert(
      fc.asyncProperty(file, file, fc.integer({ min: 1, max: 60 }), async (one, other, room) => {
        const files = { 10: one, 11: other };
        expect(await joined(files, room)).toBe(await joined(files));
      }),
    );
  });
});

describe("a file of strace -ff that ends inside of its last line", () => {
  const CALL = 'access("/a", R_OK) = 0';

  test("has told nothing in it, which the counts say", async () => {
    const { counts, accesses } = await read({
      10: `${CALL}\nopenat(AT_FDCWD, "/usr/li`,
      11: `${CALL}\n`,
    });
    expect(accesses).toEqual(["1: 10 probe /a done", "1: 11 probe /a done"]);
    expect(counts).toMatchObject({ lines: 3, tornLines: 0, lostHalves: 0, truncated: true });
  });

  test("has told a call that lacks nothing but its newline", async () => {
    const { counts, accesses } = await read({ 10: CALL, 11: `${CALL}\n` });
    expect(accesses).toEqual(["1: 10 probe /a done", "1: 11 probe /a done"]);
    expect(counts).toMatchObject({ lines: 2, bytes: 2 * CALL.length + 1, truncated: false });
  });
});

describe("the lines of strace -ff", () => {
  test("are called by their numbers in their own files, however they come", async () => {
    const call = (path: string, at: number) =>
      `1700000000.00000${at} access("${path}", R_OK) = 0\n`;
    const { accesses } = await read({
      10: call("/a", 1) + call("/b", 3) + call("/c", 5),
      11: call("/d", 2) + call("/e", 4) + call("/f", 6),
    });
    expect(accesses.map((text) => text.slice(0, -5))).toEqual([
      "1: 10 probe /a",
      "1: 11 probe /d",
      "2: 10 probe /b",
      "2: 11 probe /e",
      "3: 10 probe /c",
      "3: 11 probe /f",
    ]);
  });

  test("can be longer than anybody reads", async () => {
    const long = `execve("/bin/sh", ["${"x".repeat(34 << 20)}"], 0x7f /* 0 vars */) = 0\n`;
    const { counts, accesses } = await read({ 10: `${long}access("/a", R_OK) = 0\n`, 11: "" });
    expect(accesses).toEqual(["2: 10 probe /a done"]);
    expect(counts).toMatchObject({ lines: 2, unparsedLines: 1 });
  });
});
