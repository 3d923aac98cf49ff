import { describe, expect, test } from "vitest";
import { inspectSources } from "../../src/inspect.ts";
import { memorySource } from "../process/memory-source.ts";

const COMPILE = [
  '12 execve("/usr/bin/aarch64-linux-gnu-gcc", ["aarch64-linux-gnu-gcc", "-c", "/w/a.c"], 0x7f /* 0 vars */) = 0',
  '12 openat(AT_FDCWD, "/w/a.c", O_RDONLY) = 3',
];

/** How many paths are said to be unknown of a build in a folder that nobody knows. */
async function unknownPaths(...lines: readonly string[]): Promise<readonly [number, string]> {
  const log = `${[...COMPILE, ...lines].join("\n")}\n`;
  const { traces, verdict } = await inspectSources([memorySource("log", Buffer.from(log))]);
  return [traces[0]?.unknownPaths ?? -1, verdict];
}

describe("of a clean build is decided all", () => {
  test("where a link was made at a known place, whatever it holds", async () => {
    expect(await unknownPaths('12 symlink("libz.so.1", "/w/libz.so") = 0')).toEqual([0, "clean"]);
  });

  test("where folders that nobody knows were listed, made and removed", async () => {
    const lines = [
      '12 openat(7, "sub", O_RDONLY|O_DIRECTORY) = 4',
      '12 unlinkat(7, "a.o", 0) = 0',
      '12 mkdir("out", 0777) = 0',
    ];
    expect(await unknownPaths(...lines)).toEqual([0, "clean"]);
  });
});

test("a file that was read at an unknown place leaves something undecided", async () => {
  expect(await unknownPaths('12 openat(7, "x.h", O_RDONLY) = 4')).toEqual([1, "undecided"]);
});

test("a link that was made at an unknown place leaves something undecided", async () => {
  expect(await unknownPaths('12 symlinkat("/usr/lib", 7, "lib") = 0')).toEqual([1, "undecided"]);
});
