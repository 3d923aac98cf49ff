import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { DIALECTS } from "../../../benchmarks/generator/dialect.ts";
import { KINDS, makeTrace } from "../../../benchmarks/generator/trace.ts";
import type { WasmModule } from "../../../src/strace/fast/web-assembly.ts";
import { accessesMade, heard } from "./heard.ts";
import { scannerModule } from "./scanner-module.ts";

let module: WasmModule;
beforeAll(async () => {
  module = await scannerModule();
}, 60_000);

/** Both lanes must say the same, and name a path if one is given. */
function expectSame(log: Uint8Array, path: string | null = null): void {
  const careful = heard(log, null);
  const fast = heard(log, module);
  if (path !== null) expect(careful.join("\n")).toContain(path);
  const first = careful.findIndex((note, at) => note !== fast[at]);
  if (first >= 0)
    expect(fast.slice(first - 1, first + 2)).toEqual(careful.slice(first - 1, first + 2));
  expect(fast.length).toBe(careful.length);
}

describe("both lanes lead to the same accesses", () => {
  for (const dialect of DIALECTS) {
    test.each(KINDS)(`in a made-up trace of kind %s, dialect ${dialect}`, (kind) => {
      const description = { kind, dialect, bytes: 1_000_000, seed: 11 };
      expectSame(Buffer.concat([...makeTrace(description)]));
    });
  }

  test.each(DIALECTS)(
    "in dialect %s, where the fast one counts spent ones for who made them",
    (dialect) => {
      for (const kind of KINDS) {
        const log = Buffer.concat([...makeTrace({ kind, dialect, bytes: 1_000_000, seed: 23 })]);
        const careful = accessesMade(log, null);
        const fast = accessesMade(log, module);
        expect(fast.made).toEqual(careful.made);
        expect(careful.again).toBe(0);
        expect(fast.again).toBeGreaterThan(0);
      }
    },
  );

  const corpus = fileURLToPath(new URL("../../corpus", import.meta.url));
  const traces = readdirSync(corpus, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith("/trace.strace.gz"),
  );
  test.each(traces)("in the real build %s", (name) => {
    expectSame(gunzipSync(readFileSync(join(corpus, name))));
  });
});

/** A process of two threads in one folder, behind the lines that the careful lane reads first. */
const TWO_THREADS = [
  '10 execve("/bin/a", ["a"], 0x7ffc0000 /* 3 vars */) = 0',
  '10 getcwd("/w", 4096) = 3',
  "10 clone3({flags=CLONE_VM|CLONE_FS|CLONE_FILES|CLONE_SIGHAND|CLONE_THREAD}, 88) = 11",
  '11 openat(AT_FDCWD, "/w/before", O_RDONLY) = 7',
  ...Array.from({ length: 40 }, () => '10 access("/x", F_OK) = 0'),
];

test("a pid that left comes again as the child of whoever's fork returns it, though another fork is under way", () => {
  const lines = [
    "9 vfork( <unfinished ...>",
    ...Array.from({ length: 40 }, () => '10 access("/x", F_OK) = 0'),
    '10 chdir("/w") = 0',
    '20 chdir("/v") = 0',
    "10 fork() = 12",
    "12 exit_group(0) = ?",
    "20 fork( <unfinished ...>",
    '12 access("g", R_OK) = 0',
    "20 <... fork resumed>) = 12",
  ];
  expectSame(Buffer.from(`${lines.join("\n")}\n`), "/v/g");
});

test("an end without a beginning asks for nobody's parent", () => {
  const lines = [
    "9 clone(child_stack=NULL, flags=SIGCHLD <unfinished ...>",
    ...Array.from({ length: 40 }, () => '10 access("/x", F_OK) = 0'),
    "31 <... openat resumed>) = 3",
    "13 clone(child_stack=NULL, flags=SIGCHLD <unfinished ...>",
    "13 <... clone resumed>) = 31",
  ];
  expectSame(Buffer.from(`${lines.join("\n")}\n`), "started 31.0 null 44");
});

test.each([
  ["absolute", '"/w/a.h"', "/w/a.h"],
  ["relative", '"sub/a.h"', "/w/sub/a.h"],
  ["not normal", '"/w//b/../a.h"', "/w/a.h"],
  ["escaped", '"/w/\\303\\244.h"', "/w/\u00c3\u00a4.h"],
  ["with a quote", '"/w/a\\".h"', String.raw`/w/a\".h`],
  ["cut", '"/w/very-long"...', null],
  ["empty", '""', null],
  ["that looks like an address", '"/w/0x7f12ab/a.h"', "/w/0x7f12ab/a.h"],
  ["that looks like a pipe", '"/w/pipe:[12]>"', "/w/pipe:[12]>"],
  ["that looks like a struct", '"/w/{st_mode=S_IFREG}"', "/w/{st_mode=S_IFREG}"],
  ["of the caller's own folder in /proc", '"/proc/self/cwd/a.h"', "/w/a.h"],
])("a path in a call of a known kind may be %s", (_, path, meant) => {
  const calls = (text: string) => [
    `10 openat(AT_FDCWD, ${text}, O_RDONLY|O_CLOEXEC) = 3`,
    `10 access(${text}, R_OK) = 0`,
    `10 readlink(${text}, "/w/x.h", 4096) = 6`,
    `10 write(1, ${text}, 7) = 7`,
  ];
  const lines = [...TWO_THREADS, ...calls('"/known"'), ...calls(path), ...calls(path)];
  expectSame(Buffer.from(`${lines.join("\n")}\n`, "latin1"), meant);
});

test("a call that one process began and that another one of its pid ends is seen from where that one is", () => {
  const lines = [
    ...TWO_THREADS,
    "10 fork() = 12",
    '12 chdir("/u") = 0',
    '12 openat(AT_FDCWD, "a.h", O_RDONLY <unfinished ...>',
    "10 fork() = 12",
    "12 <... openat resumed>) = 3",
  ];
  expectSame(Buffer.from(`${lines.join("\n")}\n`), "/w/a.h");
});

describe("a call that is split is seen from where it began", () => {
  test.each([
    ["that ends in a plain line", "10 <... openat resumed>) = 3"],
    ["that ends in a line to be cleaned first", "\x1b[0m10 <... openat resumed>) = 3"],
    ["that goes on in another piece", "10 <... openat resumed>, 0666 <unfinished ...>"],
    ["that ends as another call", "10 <... close resumed>) = 0"],
    ["that never ends", '10 access("/y", F_OK) = 0'],
    ["whose tracee dies", "10 +++ killed by SIGKILL +++"],
  ])("%s", (_, end) => {
    const log = [
      ...TWO_THREADS,
      '10 openat(AT_FDCWD, "x.h", O_RDONLY <unfinished ...>',
      '11 chdir("/other") = 0',
      end,
      '11 openat(AT_FDCWD, "y.h", O_RDONLY) = 4',
      "11 +++ exited with 0 +++",
    ];
    expectSame(Buffer.from(`${log.join("\n")}\n`), end.includes(") = 3") ? "/w/x.h" : null);
  });

  test("and keeps its path where its end was torn", () => {
    const log = [
      ...TWO_THREADS,
      '10 openat(AT_FDCWD</w>, "x.h", O_RDONLY <unfinished ...>',
      "10 <... openat resumed>) = 3x86_64-linux-gnu/libz.so.1>, 0x1000) = 0x7fc9ca812420",
    ];
    expectSame(Buffer.from(`${log.join("\n")}\n`), "/w/x.h");
  });

  test("and a descriptor that is being closed is closed at once", () => {
    const log = [
      ...TWO_THREADS,
      "10 close(7 <unfinished ...>",
      '11 openat(7, "below", O_RDONLY) = 5',
      "10 <... close resumed>) = 0",
      '11 openat(AT_FDCWD, "/w/after", O_RDONLY) = 7',
      '10 openat(7, "below", O_RDONLY) = 6',
    ];
    expectSame(Buffer.from(`${log.join("\n")}\n`), "/w/after/below");
  });
});

describe("a shell's first look at its folder", () => {
  const start = [
    '10 execve("/bin/sh", ["sh"], 0x7ffc0000 /* 3 vars */) = 0',
    '10 newfstatat(AT_FDCWD, "/w/app", {st_mode=S_IFDIR|0755, st_size=4096, ...}, 0) = 0',
    '10 newfstatat(AT_FDCWD, ".", {st_mode=S_IFDIR|0755, st_size=4096, ...}, 0) = 0',
    '10 openat(AT_FDCWD, "relative", O_RDONLY) = 3',
    "10 exit_group(0) = ?",
    "10 +++ exited with 0 +++",
  ];
  const many = Array.from({ length: 3000 }, () => '9 access("/w/app", F_OK) = 0');

  test("is seen where it stands in the log, first and again", () => {
    const lines = [...start, ...many, ...start, ...many, ...start];
    expectSame(Buffer.from(`${lines.join("\n")}\n`), "/w/app/relative");
  });

  test("is seen in two halves", () => {
    const halves = start.flatMap((line) =>
      line.includes('".",')
        ? [
            line.replace(/\{.*/, " <unfinished ...>"),
            "10 <... newfstatat resumed>{st_mode=S_IFDIR|0755, ...}, 0) = 0",
          ]
        : [line],
    );
    const lines = [...many, ...halves, ...many, ...halves];
    expectSame(Buffer.from(`${lines.join("\n")}\n`), "/w/app/relative");
  });
});
