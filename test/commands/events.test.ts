import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hostbleed, scratchFolder } from "./harness.ts";

function logs(texts: Record<string, string>): string {
  const folder = scratchFolder();
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
  return folder;
}

function eventsOf(stdout: string): unknown[] {
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

test("each call is an object with what the log holds of it, and nothing else", async () => {
  const folder = logs({
    "a.strace": `12 chdir("/w") = 0
12 openat(AT_FDCWD, "x\\377", O_RDONLY) = 3
12 readlink("l"..., "/target", 100) = 7
12 rename("a", "/b") = -1 ENOENT (No such file or directory)
12 symlink("../text", "s") = 0
12 execve("/bin/sh", ["sh", "-c"...], 0x7f /* 1 var */ <unfinished ...>
`,
  });
  const { stdout, code } = await hostbleed(["events", join(folder, "a.strace")]);
  expect(code).toBe(0);
  const call = (line: number, syscall: string) => ({ line, pid: 12, syscall });
  const success = { result: 0, errno: null };
  expect(eventsOf(stdout)).toEqual([
    { ...call(1, "chdir"), path: "/w", resolved: "/w", ...success },
    { ...call(2, "openat"), path_hex: "78ff", resolved_hex: "2f772f78ff", result: 3, errno: null },
    {
      ...call(3, "readlink"),
      path: "l",
      truncated: true,
      out_hex: "2f746172676574",
      result: 7,
      errno: null,
    },
    {
      ...call(4, "rename"),
      path: "a",
      path2: "/b",
      resolved: "/w/a",
      resolved2: "/b",
      result: -1,
      errno: "ENOENT",
    },
    { ...call(5, "symlink"), path: "../text", path2: "s", resolved2: "/w/s", ...success },
    {
      ...call(6, "execve"),
      path: "/bin/sh",
      resolved: "/bin/sh",
      argv_hex: ["7368", "2d63..."],
      result: null,
      errno: null,
      pending: true,
    },
  ]);
});

test("nothing that a terminal would obey comes out raw", async () => {
  const folder = logs({ "a.strace": '12 chdir("/\\33[31m\\302\\233m\\177\\342\\200\\256") = 0\n' });
  const { stdout } = await hostbleed(["events", join(folder, "a.strace")]);
  expect(stdout).toMatch(/^[\x20-\x7e]+\n$/);
  expect(eventsOf(stdout)).toMatchObject([{ path: "/\x1b[31m\x9bm\x7f\u202e" }]);
});

test("events of several traces say which they are from", async () => {
  const folder = logs({ "a.strace": '12 chdir("/a") = 0\n', "b.strace": '12 chdir("/b") = 0\n' });
  const { stdout } = await hostbleed([
    "events",
    join(folder, "a.strace"),
    join(folder, "b.strace"),
  ]);
  expect(eventsOf(stdout)).toMatchObject([
    { trace: expect.stringMatching(/a\.strace$/), path: "/a" },
    { trace: expect.stringMatching(/b\.strace$/), path: "/b" },
  ]);
});

test("the files of one strace -ff are one trace", async () => {
  const folder = logs({
    "t.10": 'chdir("/w") = 0\nfork() = 11\n',
    "t.11": 'access("a", R_OK) = 0\n',
  });
  const { stdout } = await hostbleed(["events", folder]);
  expect(eventsOf(stdout)).toMatchObject([
    { pid: 10, resolved: "/w" },
    { pid: 10, syscall: "fork" },
    { pid: 11, resolved: "/w/a" },
  ]);
});

test("a file that is no strace log is refused", async () => {
  const folder = logs({ "a.strace": "make: Nothing to be done for 'all'.\n" });
  const { code, stdout, stderr } = await hostbleed(["events", join(folder, "a.strace")]);
  expect(code).toBe(3);
  expect(stdout).toBe("");
  expect(stderr).toContain("no strace log");
});
