import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What one run of a program cost. */
export interface Cost {
  /** Seconds, start-up included. */
  readonly wall: number;
  /** User and system seconds, children included. */
  readonly cpu: number;
  /** Largest resident memory, in MiB. */
  readonly rss: number;
}

/** Runs a program to its end, its output into a file, since grep stops early for /dev/null; measured from outside. */
export function run(
  command: readonly string[],
  stdin: "ignore" | number = "ignore",
): Promise<Cost> {
  const [program = "", ...args] = command;
  return new Promise((resolve, reject) => {
    const output = openSync(join(tmpdir(), "hostbleed-benchmark.out"), "w");
    const start = performance.now();
    // GNU time would be one more package; a shell's `times` speaks for its children alone.
    const child = spawn(
      "/bin/bash",
      ["-c", '"$@"; status=$?; times >&3; exit $status', "bash", program, ...args],
      {
        stdio: [stdin, output, "ignore", "pipe"],
        env: { ...process.env, LC_ALL: "C" },
      },
    );
    closeSync(output);
    let times = "";
    let rss = 0;
    child.stdio[3]?.on("data", (text) => {
      times += text;
    });
    const watch = setInterval(() => {
      rss = Math.max(rss, residentMemory(child.pid ?? 0));
    }, 50);
    child.on("error", reject);
    child.on("close", (status, signal) => {
      clearInterval(watch);
      if (signal !== null || (status ?? 0) > 3)
        reject(new Error(`${command.join(" ")}: ${status ?? signal}`));
      else resolve({ wall: (performance.now() - start) / 1e3, cpu: cpuOf(times), rss });
    });
  });
}

/** Second line of bash's `times`: `1m2.345s 0m0.678s`, of the shell's children. */
function cpuOf(times: string): number {
  const line = times.trim().split("\n")[1] ?? "";
  return [...line.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds),
    0,
  );
}

/** Peak resident memory (VmHWM) of the children of a process, in MiB. */
function residentMemory(parent: number): number {
  try {
    const children = readFileSync(`/proc/${parent}/task/${parent}/children`, "latin1").trim();
    return Math.max(0, ...children.split(" ").filter(Boolean).map(peakOf));
  } catch {
    return 0;
  }
}

function peakOf(pid: string): number {
  const status = readFileSync(`/proc/${pid}/status`, "latin1");
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

/** The middle one of some numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
