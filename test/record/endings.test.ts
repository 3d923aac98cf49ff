import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { describeWith } from "../tools.ts";
import { alive, statusOf } from "./process-status.ts";
import { scratchFolder, start } from "./program.ts";

describeWith(["strace"], "a build that is interrupted", () => {
  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "by %s ends with all its processes, and is still reported",
    async (signal) => {
      const run = start([
        "run",
        "--",
        "sh",
        "-c",
        "sleep 60 & echo pid $!; cat /etc/hostname; wait",
      ]);
      await run.says("pid ");
      await pause(300);
      run.child.kill(signal);
      const { code, stdout, stderr } = await run.ended;
      expect(code).not.toBe(0);
      expect(stderr).toContain("(strace)");
      expect(alive(Number(/pid (\d+)/.exec(stdout)?.[1]))).toBe(false);
    },
  );

  test("and does not listen is killed at the second signal", async () => {
    const run = start([
      "run",
      "--",
      "sh",
      "-c",
      "trap '' TERM; echo pid $$; while :; do sleep 1; done",
    ]);
    await run.says("pid ");
    await pause(300);
    run.child.kill("SIGTERM");
    await pause(500);
    run.child.kill("SIGTERM");
    const { code, stdout, stderr } = await run.ended;
    expect(code).toBe(137);
    expect(stderr).toContain("(strace)");
    expect(alive(Number(/pid (\d+)/.exec(stdout)?.[1]))).toBe(false);
  });

  test("keeps its log up to its end", async () => {
    const cwd = scratchFolder();
    const run = start(["run", "--save", "t.strace", "--", "sh", "-c", "echo go; sleep 60"], {
      cwd,
    });
    await run.says("go");
    await pause(300);
    run.child.kill("SIGTERM");
    await run.ended;
    expect(readFileSync(join(cwd, "t.strace"), "latin1")).toMatch(/killed by SIGTERM \+\+\+\n$/);
  });

  test("hands other signals on to the command", async () => {
    const script = "trap 'echo got it; exit 0' USR1; echo go; while :; do sleep 0.1; done";
    const run = start(["run", "--", "sh", "-c", script]);
    await run.says("go");
    await pause(300);
    run.child.kill("SIGUSR1");
    expect(await run.ended).toMatchObject({ code: 0, stdout: "go\ngot it\n" });
  });
});

describeWith(["strace"], "a build that leaves a process behind", () => {
  test("that waits for clients is over all the same, and its own exit code counts", async () => {
    const run = start(["run", "--", "sh", "-c", "setsid sleep 600 & echo pid $!; exit 3"]);
    const { code, stdout, stderr } = await run.ended;
    expect(code).toBe(3);
    expect(stderr).toContain("what it left behind idle was told to end: sleep");
    expect(stderr).toContain("(strace)");
    expect(alive(Number(/pid (\d+)/.exec(stdout)?.[1]))).toBe(false);
  });

  test("that will not end is killed", async () => {
    const script = "trap '' TERM; while :; do sleep 1000; done";
    const run = start(["run", "--", "sh", "-c", `sh -c "${script}" & echo pid $!`]);
    const { code, stdout } = await run.ended;
    expect(code).toBe(0);
    expect(alive(Number(/pid (\d+)/.exec(stdout)?.[1]))).toBe(false);
  });

  test("that works is waited for", async () => {
    const script =
      "end=$(($(date +%s) + 8)); while [ $(date +%s) -lt $end ]; do :; done; echo done";
    const { code, stdout, stderr } = await start(["run", "--", "sh", "-c", `(${script}) &`]).ended;
    expect({ code, stdout }).toEqual({ code: 0, stdout: "done\n" });
    expect(stderr).not.toContain("left behind");
  });
});

describeWith(["strace"], "a build whose tracing is killed", () => {
  const SCRIPT = "echo pid $$; cat /etc/hostname; sleep 60 & wait";

  /** The process that traces the command that has just said its pid. */
  async function commandOf(run: ReturnType<typeof start>) {
    await run.says("pid ");
    const command = Number(/pid (\d+)/.exec(run.output())?.[1]);
    return { command, strace: Number(statusOf(command, "TracerPid")) };
  }

  test("ends with strace, and is reported as incomplete", async () => {
    const run = start(["run", "--format", "json", "--", "sh", "-c", SCRIPT]);
    const { command, strace } = await commandOf(run);
    await pause(300);
    process.kill(strace, "SIGKILL");
    const { code, stdout } = await run.ended;
    expect(code).toBe(137);
    expect((JSON.parse(stdout) as Report).incomplete).toBe(true);
    expect(alive(command)).toBe(false);
  });

  test("is reported when the command itself is killed", async () => {
    const script = "echo pid $$; cat /etc/hostname; exec sleep 60";
    const run = start(["run", "--format", "json", "--", "sh", "-c", script]);
    const { command } = await commandOf(run);
    await pause(300);
    process.kill(command, "SIGKILL");
    const { code, stdout } = await run.ended;
    expect(code).toBe(137);
    expect((JSON.parse(stdout) as Report).traces[0]?.opens).toBeGreaterThan(0);
  });

  test("ends with hostbleed, which leaves nothing behind", async () => {
    const tmp = scratchFolder();
    const run = start(["run", "--", "sh", "-c", SCRIPT], { env: { TMPDIR: tmp } });
    const { command, strace } = await commandOf(run);
    run.child.kill("SIGKILL");
    await expect.poll(() => alive(command) || alive(strace), { timeout: 5_000 }).toBe(false);
    await expect
      .poll(() => readdirSync(tmp).filter((name) => name.startsWith("hostbleed-run-")))
      .toEqual([]);
  });
});
