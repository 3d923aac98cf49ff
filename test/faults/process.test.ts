import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { CLI, scratchFolder } from "../record/program.ts";
import { describeWith } from "../tools.ts";

const [NODE = "", ...WORDS] = CLI;
const LEAK = `41 execve("/usr/lib/gcc-cross/aarch64-linux-gnu/12/cc1", ["cc1", "-isysroot", "/opt/s", "x.c"], 0x1 /* 9 vars */) = 0
41 openat(AT_FDCWD, "/usr/include/zlib.h", O_RDONLY|O_NOCTTY) = 3
`;
const NOISE = '41 openat(AT_FDCWD, "/opt/s/usr/include/stdio.h", O_RDONLY) = 3\n'.repeat(60_000);
const CHECK = ["check", "--sysroot", "/opt/s", "--format", "json"];

type Stdio = "pipe" | "ignore" | number;

function start(args: readonly string[], cwd: string, stdio: readonly Stdio[] = []): ChildProcess {
  const [stdin = "pipe", stdout = "pipe", stderr = "pipe"] = stdio;
  return spawn(NODE, [...WORDS, ...args], { cwd, stdio: [stdin, stdout, stderr] });
}

async function ended(child: ChildProcess) {
  const [stdout, stderr, [code, signal]] = await Promise.all([
    child.stdout === null ? "" : text(child.stdout),
    child.stderr === null ? "" : text(child.stderr),
    once(child, "close"),
  ]);
  return { code, signal, stdout, stderr };
}

/** Writes more than a pipe holds: when all of it is taken, the program is reading. */
async function feed(child: ChildProcess, log: string): Promise<void> {
  child.stdin?.on("error", () => {});
  await new Promise((resolve) => child.stdin?.write(log, resolve));
}

describe("a signal while a log is piped in", { timeout: 60_000 }, () => {
  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "%s leaves reports of what was read, marked incomplete: 1 for leaks, 3 without",
    async (signal) => {
      for (const [log, expected] of [
        [LEAK + NOISE, 1],
        [NOISE, 3],
      ] as const) {
        const cwd = scratchFolder();
        const child = start([...CHECK, "--report", "sarif=out.sarif"], cwd);
        const end = ended(child);
        await feed(child, log);
        child.kill(signal);
        const { code, stdout, stderr } = await end;
        const report = JSON.parse(stdout) as Report;
        expect(report.incomplete).toBe(true);
        expect(report.traces[0]?.opens).toBeGreaterThan(0);
        expect([code, stderr]).toEqual([expected, ""]);
        const [run] = JSON.parse(readFileSync(join(cwd, "out.sarif"), "utf8")).runs;
        expect(run.invocations[0].executionSuccessful).toBe(false);
        expect(readdirSync(cwd)).toEqual(["out.sarif"]);
      }
    },
  );

  test("a second one ends at once", async () => {
    const cwd = scratchFolder();
    // A report to a pipe that nobody reads from: the first signal cannot end this.
    const child = start(CHECK, cwd);
    const end = once(child, "close");
    await feed(
      child,
      Array.from({ length: 60 }, (_, at) =>
        LEAK.replaceAll("zlib", `z${at}${"y".repeat(200)}`),
      ).join("") + NOISE,
    );
    child.kill("SIGTERM");
    await new Promise((resolve) => setTimeout(resolve, 1500));
    child.kill("SIGTERM");
    child.stdout?.resume();
    const [code, signal] = await end;
    expect([1, null]).toContain(code);
    expect([null, "SIGTERM"]).toContain(signal);
  });
});

describeWith(["zstd"], "a signal while a decompressor is at work", () => {
  test("leaves a report, and no decompressor behind", { timeout: 60_000 }, async () => {
    const cwd = scratchFolder();
    mkdirSync(join(cwd, "bin"));
    writeFileSync(join(cwd, "log"), LEAK + NOISE);
    // Slow at its end, as a large file would be.
    const script = '#!/bin/sh\necho $$ > "$HERE/pid"\ncat "$HERE/log"\nexec sleep 60\n';
    writeFileSync(join(cwd, "bin/zstd"), script, { mode: 0o755 });
    writeFileSync(join(cwd, "a.zst"), Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, 0, 0, 0, 0, 0));
    const child = spawn(NODE, [...WORDS, ...CHECK, "a.zst"], {
      cwd,
      env: { ...process.env, PATH: `${join(cwd, "bin")}:${process.env.PATH}`, HERE: cwd },
    });
    const end = ended(child);
    await expect.poll(() => existsSync(join(cwd, "pid")), { timeout: 30_000 }).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    child.kill("SIGINT");
    const { code, stdout } = await end;
    expect(code).toBe(1);
    expect((JSON.parse(stdout) as Report).incomplete).toBe(true);
    const pid = Number(readFileSync(join(cwd, "pid"), "utf8"));
    await expect.poll(() => isThere(pid), { timeout: 5000 }).toBe(false);
  });
});

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe("a stdout that fails", { timeout: 60_000 }, () => {
  test("by a reader that leaves ends quietly, with the verdict's code and the other reports", async () => {
    const cwd = scratchFolder();
    const child = start([...CHECK, "--report", "junit=out.xml"], cwd);
    child.stdout?.destroy();
    const end = Promise.all([text(child.stderr ?? Readable.from([])), once(child, "close")]);
    await feed(child, LEAK);
    child.stdin?.end();
    const [stderr, [code, signal]] = await end;
    expect([stderr, code, signal]).toEqual(["", 1, null]);
    expect(readdirSync(cwd)).toEqual(["out.xml"]);
  });

  test("by a full disk ends with 3, and the other reports are there", async () => {
    const cwd = scratchFolder();
    writeFileSync(join(cwd, "a.strace"), LEAK);
    const full = openSync("/dev/full", "w");
    const child = start([...CHECK, "--report", "junit=out.xml", "a.strace"], cwd, ["ignore", full]);
    closeSync(full);
    const { code, stderr } = await ended(child);
    expect(code).toBe(3);
    expect(stderr).toMatch(/could not be written: stdout: no space left/);
    expect(readdirSync(cwd).sort()).toEqual(["a.strace", "out.xml"]);
  });

  test.each([">&-", "2>&-", "<&-", ">&- 2>&-"])(
    "by being closed (%s) leaves the verdict's code",
    async (closed) => {
      const cwd = scratchFolder();
      writeFileSync(join(cwd, "a.strace"), LEAK);
      const command = [...CLI, ...CHECK, "a.strace"].map((word) => `'${word}'`).join(" ");
      const child = spawn("sh", ["-c", `${command} ${closed}`], { cwd });
      expect((await ended(child)).code).toBe(1);
    },
  );
});
