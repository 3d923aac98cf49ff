import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { scratchFolder } from "./harness.ts";

const PROGRAM = fileURLToPath(new URL("../../src/cli.ts", import.meta.url));
const TSX = import.meta.resolve("tsx");

/** The real program in a process of its own. */
function start(...argv: readonly string[]): ChildProcessWithoutNullStreams {
  return startWith({}, ...argv);
}

function startWith(
  own: NodeJS.ProcessEnv,
  ...argv: readonly string[]
): ChildProcessWithoutNullStreams {
  const { NO_COLOR: _, FORCE_COLOR: __, ...rest } = process.env;
  const env = { ...rest, ...own };
  return spawn(process.execPath, ["--import", TSX, PROGRAM, ...argv], {
    cwd: scratchFolder(),
    env,
  });
}

async function ended(
  child: ChildProcessWithoutNullStreams,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close") as Promise<[number | null]>,
  ]);
  return { code, stdout, stderr };
}

const LOG = `41 execve("/usr/lib/gcc-cross/aarch64-linux-gnu/12/cc1", ["cc1", "-isysroot", "/opt/s", "x.c"], 0x1 /* 9 vars */) = 0
41 openat(AT_FDCWD, "/usr/include/zlib.h", O_RDONLY|O_NOCTTY) = 3
41 +++ exited with 0 +++
`;

describe("the program", () => {
  test("judges what is piped into it: report on stdout, nothing on stderr, 1 for leaks", async () => {
    const child = start("check", "--target", "aarch64-linux-gnu", "--sysroot", "/opt/s");
    child.stdin.end(LOG);
    const { code, stdout, stderr } = await ended(child);
    expect(stderr).toBe("");
    expect(stdout).toContain("Actual    /usr/include/zlib.h");
    expect(stdout).not.toContain("\x1b");
    expect(code).toBe(1);
  });

  test.each([
    ["", "is empty"],
    ["make: Nothing to be done for 'all'.\n", "This is no strace log"],
  ])("does not pass on %j, and says so on stderr alone", async (input, expected) => {
    const child = start("check");
    child.stdin.end(input);
    const { code, stdout, stderr } = await ended(child);
    expect(stderr).toContain(expected);
    expect([code, stdout]).toEqual([3, ""]);
  });

  test("prints the events of a log that still grows, and ends with 3 when it is interrupted", async () => {
    const child = start("events");
    const failed =
      '41 access("/etc/ld.so.preload", R_OK) = -1 ENOENT (No such file or directory)\n';
    await new Promise((resolve) =>
      child.stdin.write(failed + LOG.replace(/^.* exited .*\n/m, ""), resolve),
    );
    let stdout = "";
    for await (const piece of child.stdout) {
      stdout += piece;
      if (stdout.includes("zlib.h")) child.kill("SIGINT");
    }
    expect(stdout.trimEnd().split("\n")).toHaveLength(3);
    expect(child.exitCode ?? (await once(child, "close"))[0]).toBe(3);
  });

  test.each([
    ["of a lone process on a terminal, whose pid a later label may tell", 'chdir("/w") = 0\n'],
    [
      "of a child whose fork has not returned",
      '41 fork( <unfinished ...>\n41 <... resumed> = ?\n41 chdir("/w") = 0\n42 chdir("/w") = 0\n',
    ],
    ["behind a call that never ended", '41 chdir("/a" <unfinished ...>\n41 chdir("/w") = 0\n'],
  ])("prints events %s within a second", async (_, log) => {
    const child = start("events");
    // The log goes on, some day.
    child.stdin.write(log);
    let stdout = "";
    for await (const piece of child.stdout) {
      stdout += piece;
      if ((stdout.match(/"\/w"/g)?.length ?? 0) >= 2) break;
    }
    child.kill("SIGKILL");
  });

  test("obeys NO_COLOR beside FORCE_COLOR, without Node's remark on it", async () => {
    const child = startWith({ NO_COLOR: "1", FORCE_COLOR: "1" }, "check", "--fail-on", "never");
    child.stdin.end(LOG);
    const { stdout, stderr } = await ended(child);
    expect(stdout).not.toContain("\x1b");
    expect(stderr).toBe("");
  });

  test("ends quietly when its reader leaves at once", async () => {
    const child = start("rules", "list", "--json");
    child.stdout.destroy();
    const [stderr, [code, signal]] = await Promise.all([text(child.stderr), once(child, "close")]);
    expect([stderr, code, signal]).toEqual(["", 0, null]);
  });

  test("reports what it has read so far when it is interrupted, marked incomplete, and is no success", async () => {
    const child = start("check", "--format", "json", "--sysroot", "/opt/s", "--fail-on", "never");
    const end = ended(child);
    // More than a pipe holds: when all of it is written, the program is reading.
    const opens = LOG.split("\n").slice(0, 2).join("\n");
    const noise = '41 openat(AT_FDCWD, "/opt/s/usr/include/stdio.h", O_RDONLY) = 3\n'.repeat(
      60_000,
    );
    await new Promise((resolve) => child.stdin.write(`${opens}\n${noise}`, resolve));
    child.kill("SIGINT");
    const { code, stdout } = await end;
    const report = JSON.parse(stdout) as Report;
    expect(report.incomplete).toBe(true);
    expect(report.traces[0]?.opens).toBeGreaterThan(0);
    expect(report.findings.map(({ path }) => path)).toEqual(["/usr/include/zlib.h"]);
    expect(code).toBe(3);
  });
});
