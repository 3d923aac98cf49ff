import { spawn } from "node:child_process";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { describeWith } from "../tools.ts";
import { statusOf } from "./process-status.ts";
import { CLI, hostbleed, project, scratchFolder, start } from "./program.ts";

/** Resolves when a process has a tracer. */
async function traced(pid: number | undefined): Promise<void> {
  while (statusOf(pid, "TracerPid") === "0") await pause(50);
}

/** A shell that the tests did not start by hostbleed. */
function shellOf(script: string) {
  const shell = spawn("sh", ["-c", script], { stdio: ["pipe", "ignore", "ignore"] });
  onTestFinished(() => {
    shell.kill("SIGKILL");
  });
  return shell;
}

describeWith(["strace"], "a command under hostbleed run", () => {
  test("keeps its stdin, stdout and stderr, and the report follows on stderr", async () => {
    const ended = await hostbleed(["run", "--", "sh", "-c", "cat; echo trouble >&2"], {
      stdin: "given\n",
    });
    expect(ended.stdout).toBe("given\n");
    expect(ended.stderr).toMatch(/^trouble\n.*\(strace\)/s);
    expect(ended.code).toBe(0);
  });

  test("leaves stdout to a report that programs read", async () => {
    const ended = await hostbleed(["run", "--format", "json", "--", "sh", "-c", "echo out"]);
    expect((JSON.parse(ended.stdout) as Report).schema).toBe("hostbleed-report/1");
    expect(ended.stderr).toContain("out\n");
  });

  test.each([
    ["its own exit code", "exit 7", 7],
    ["128 and the signal's number, when a signal kills it", "kill -9 $$", 137],
  ])("gives %s", async (_, script, code) => {
    expect((await hostbleed(["run", "--", "sh", "-c", script])).code).toBe(code);
  });

  test("gets arguments that look like options as they are", async () => {
    const ended = await hostbleed(["run", "--", "echo", "--format", "-x", "--", "y"]);
    expect(ended.stdout).toBe("--format -x -- y\n");
  });

  test("that does not exist ends like a shell's", async () => {
    const ended = await hostbleed(["run", "--", "no-such-command"]);
    expect(ended).toMatchObject({ code: 127, stdout: "" });
    expect(ended.stderr).toContain("No such command: no-such-command");
  });

  test("that is not executable ends like a shell's", async () => {
    const cwd = scratchFolder();
    writeFileSync(join(cwd, "script"), "#!/bin/sh\n");
    const ended = await hostbleed(["run", "--", "./script"], { cwd });
    expect(ended.code).toBe(126);
    expect(ended.stderr).toContain("not executable");
  });

  test("is not started when an option is wrong", async () => {
    const cwd = scratchFolder();
    const ended = await hostbleed(["run", "--rules", "none.yaml", "--", "touch", "started"], {
      cwd,
    });
    expect(ended.code).toBe(2);
    expect(existsSync(join(cwd, "started"))).toBe(false);
  });

  test.each(["trace.strace", "trace.strace.zst", "trace.strace.gz", "trace.strace.xz"])(
    "is kept in %s, which check reads",
    async (file) => {
      const cwd = scratchFolder();
      await hostbleed(["run", "--save", file, "--", "cat", "/etc/hostname"], { cwd });
      const { stdout } = await hostbleed(["events", file], { cwd });
      expect(stdout).toContain('"/etc/hostname"');
    },
  );

  test("is not started when its log cannot be kept", async () => {
    const cwd = scratchFolder();
    const args = ["run", "--save", "no/such/folder", "--", "touch", "started"];
    const ended = await hostbleed(args, { cwd });
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain("The trace could not be saved");
    expect(existsSync(join(cwd, "started"))).toBe(false);
  });
});

describe("hostbleed run without a command", () => {
  test.each([
    [["run"], "no command given"],
    [["run", "--attach", "x"], "number of a process"],
    [["run", "--attach", "1", "--", "make"], "exclude each other"],
  ])("%j is wrong usage", async (args, words) => {
    const ended = await hostbleed(args);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain(words);
  });
});

describe("a machine without a strace that can do it", () => {
  async function withStrace(script: string | null) {
    const cwd = scratchFolder();
    if (script !== null) {
      writeFileSync(join(cwd, "strace"), `#!/bin/sh\n${script}\n`);
      chmodSync(join(cwd, "strace"), 0o755);
    }
    const ended = await hostbleed(["run", "--", "/bin/true"], { cwd, env: { PATH: cwd } });
    expect(ended.stdout).toBe("");
    return ended;
  }

  test("is told to install it", async () => {
    const { code, stderr } = await withStrace(null);
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /^hostbleed: strace is not installed: .*\n {2}hint: .*apt-get install strace/,
    );
  });

  test("is told which version is needed", async () => {
    const { code, stderr } = await withStrace("echo strace -- version 4.8");
    expect(code).toBe(3);
    expect(stderr).toContain("version 4.8, and 4.17 is needed");
  });

  test("is told what the kernel refused", async () => {
    const { code, stderr } = await withStrace(
      'case "$1" in -V) echo "strace -- version 6.1";; *) echo "strace: ptrace(PTRACE_TRACEME, ...): Function not implemented" >&2; exit 1;; esac',
    );
    expect(code).toBe(3);
    expect(stderr.trimEnd().split("\n")).toHaveLength(2);
    expect(stderr).toContain("has no ptrace");
  });
});

describeWith(["strace"], "a strace inside another", () => {
  test("is refused in one sentence", async () => {
    const { code, stderr } = await hostbleed(["run", "--quiet", "--", ...CLI, "run", "--", "true"]);
    expect(code).toBe(3);
    expect(stderr).toContain("a process has one tracer");
  });
});

describeWith(["strace", "make", "aarch64-linux-gnu-gcc"], "a build that is watched live", () => {
  test("tells a leak before it ends, and once", { timeout: 60_000 }, async () => {
    const cwd = project("make");
    const script = "make; while [ ! -e go-on ]; do cat /etc/hostname; sleep 0.2; done; echo over";
    const run = start(["run", "--live", "--", "sh", "-c", script], { cwd });
    await run.says("hostbleed: error:");
    writeFileSync(join(cwd, "go-on"), "");
    const { stdout, stderr } = await run.ended;
    expect(stdout).toMatch(/over\n$/);
    expect(stderr.match(/^hostbleed: error: .*\/usr\/include\/zlib\.h/gm)).toHaveLength(1);
  });
});

describeWith(["strace"], "a build that already runs", () => {
  test("is watched until it ends, its children too", async () => {
    const cwd = scratchFolder();
    const shell = shellOf("read go; cat /etc/hostname");
    const run = start(["run", "--attach", `${shell.pid}`, "--save", "a.strace"], { cwd });
    await traced(shell.pid);
    shell.stdin.end("go\n");
    await run.ended;
    expect(readFileSync(join(cwd, "a.strace"), "latin1")).toContain('"/etc/hostname"');
  });

  test("outlives the watching", async () => {
    const shell = shellOf("while :; do cat /etc/hostname; sleep 0.1; done");
    const run = start(["run", "--attach", `${shell.pid}`]);
    await traced(shell.pid);
    await pause(500);
    run.child.kill("SIGINT");
    const { code, stderr } = await run.ended;
    expect(stderr).toContain("(strace)");
    expect(stderr).not.toContain("incomplete");
    expect(code).toBe(0);
    expect([shell.exitCode, shell.signalCode]).toEqual([null, null]);
    expect(statusOf(shell.pid, "TracerPid")).toBe("0");
  });

  test("that has ended is an error", async () => {
    const { code, stderr } = await hostbleed(["run", "--attach", "4194300"]);
    expect(code).toBe(3);
    expect(stderr).toContain("it has ended");
  });
});
