import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { inspect } from "../../src/inspect.ts";
import type { Report } from "../../src/model/report.ts";
import { hostbleed, scratchFolder } from "../commands/harness.ts";

const START = [
  '40 openat(AT_FDCWD, "/etc/ld.so.cache", O_RDONLY|O_CLOEXEC) = 3',
  '40 execve("/usr/bin/make", ["make"], 0x1 /* 9 vars */) = 0',
  "40 vfork() = 41",
  '41 execve("/usr/bin/cc", ["cc", "x.c"], 0x1 /* 9 vars */) = 0',
  "41 vfork() = 42",
  "41 +++ exited with 0 +++",
];

async function check(format: string, lines: readonly string[]): Promise<string> {
  const cwd = scratchFolder();
  const log = join(cwd, "build.strace");
  writeFileSync(log, `${lines.join("\n")}\n`);
  const { stdout } = await hostbleed(["check", "--format", format, log], {
    cwd,
    inspect,
  });
  return stdout;
}

async function runningIn(...lines: readonly string[]): Promise<number | undefined> {
  const report: Report = JSON.parse(await check("json", lines));
  return report.traces[0]?.running;
}

test("a log that ends in the middle of its build, between two lines, is said to", async () => {
  expect(await runningIn(...START)).toBe(2);
  expect(await check("text", START)).toContain("2 processes still running at its end");
});

test("a daemon that outlives the command is no sign that the log was cut", async () => {
  expect(await runningIn(...START, "40 +++ exited with 0 +++")).toBeUndefined();
});

test("a log that shows no ends cannot tell", async () => {
  expect(await runningIn(...START.slice(0, -1))).toBeUndefined();
});
