import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

/** The words that call the program, from its sources. */
export const CLI: readonly string[] = [
  process.execPath,
  "--import",
  import.meta.resolve("tsx"),
  fileURLToPath(new URL("../../src/cli.ts", import.meta.url)),
];

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when stdout or stderr holds the text. */
  says(text: string): Promise<void>;
  /** What it wrote so far. */
  output(): string;
}

interface World {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly stdin?: string;
}

/** The program, as a process of its own: strace needs real ones. */
export function start(args: readonly string[], { cwd, env = {}, stdin = "" }: World = {}): Running {
  const [node = "", ...words] = CLI;
  const child = spawn(node, [...words, ...args], {
    cwd: cwd ?? scratchFolder(),
    env: { ...process.env, NO_COLOR: "1", CI: "1", GITHUB_STEP_SUMMARY: "", ...env },
  });
  onTestFinished(() => {
    child.kill("SIGTERM");
  });
  let stdout = "";
  let stderr = "";
  const watchers: (() => void)[] = [];
  const heard = () => {
    for (const watcher of watchers) watcher();
  };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    heard();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    heard();
  });
  child.stdin.on("error", () => {});
  child.stdin.end(stdin);
  return {
    child,
    ended: new Promise((resolve) => child.on("close", (code) => resolve({ code, stdout, stderr }))),
    output: () => `${stdout}${stderr}`,
    says: (text) =>
      new Promise((resolve) => {
        const look = () => {
          if (`${stdout}${stderr}`.includes(text)) resolve();
        };
        watchers.push(look);
        look();
      }),
  };
}

/** Runs the program to its end. */
export function hostbleed(args: readonly string[], world?: World): Promise<Ended> {
  return start(args, world).ended;
}

/** A folder of its own for one test. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "hostbleed-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A copy of one of `projects/`, to build in. */
export function project(name: string): string {
  const folder = scratchFolder();
  cpSync(fileURLToPath(new URL(`projects/${name}`, import.meta.url)), folder, { recursive: true });
  return folder;
}
