import { spawnSync } from "node:child_process";
import {
  chmodSync,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { writeWhole } from "../../src/commands/whole-file.ts";
import { hostbleed, scratchFolder } from "../commands/harness.ts";

/** Acts as a user whom permissions bind, where the tests run as root. */
async function asNobody<T>(act: () => Promise<T>): Promise<T> {
  const root = process.geteuid?.() === 0;
  if (root) process.seteuid?.(65_534);
  try {
    return await act();
  } finally {
    if (root) process.seteuid?.(0);
  }
}

function writeOneEach(cwd: string, ...files: readonly string[]) {
  const reports = files.flatMap((file) => ["--report", `json=${file}`]);
  return hostbleed(["check", ...reports, "x"], { cwd });
}

function isReport(file: string): boolean {
  return JSON.parse(readFileSync(file, "utf8")).schema === "hostbleed-report/1";
}

describe("a report that cannot be written ends with 3, and the others are there:", () => {
  test("a full disk", async () => {
    const cwd = scratchFolder();
    const { code, stdout, stderr } = await writeOneEach(cwd, "/dev/full", "ok.json");
    expect(code).toBe(3);
    expect(stderr).toContain("/dev/full: no space left on device");
    expect(stdout).toContain("leaks:");
    expect(isReport(join(cwd, "ok.json"))).toBe(true);
  });

  test("a folder that may not be written to", async () => {
    const cwd = scratchFolder();
    mkdirSync(join(cwd, "open"), { mode: 0o777 });
    chmodSync(join(cwd, "open"), 0o777);
    chmodSync(cwd, 0o755);
    const { code, stderr } = await asNobody(() => writeOneEach(cwd, "no.json", "open/ok.json"));
    expect(code).toBe(3);
    expect(stderr).toContain("permission denied");
    expect(isReport(join(cwd, "open/ok.json"))).toBe(true);
    expect(readdirSync(cwd)).toEqual(["open"]);
  });

  test("a folder in the file's place, and one that is missing", async () => {
    const cwd = scratchFolder();
    mkdirSync(join(cwd, "taken"));
    const { code } = await writeOneEach(cwd, "taken", "missing/x.json", "ok.json");
    expect(code).toBe(3);
    expect(isReport(join(cwd, "ok.json"))).toBe(true);
    expect(readdirSync(cwd).sort()).toEqual(["ok.json", "taken"]);
  });

  const small = mountable();
  test.skipIf(!small)(
    `a disk that fills up while it is written to${small ? "" : " (skipped: no tmpfs can be mounted)"}`,
    async () => {
      const cwd = scratchFolder();
      const disk = join(cwd, "disk");
      mkdirSync(disk);
      mount(disk);
      try {
        writeFileSync(join(disk, "old.json"), "old");
        expect(() => writeWhole(join(disk, "old.json"), ["x".repeat(1 << 20)])).toThrow(/ENOSPC/);
        expect(readdirSync(disk)).toEqual(["old.json"]);
        expect(readFileSync(join(disk, "old.json"), "utf8")).toBe("old");
      } finally {
        spawnSync("umount", [disk]);
      }
    },
  );
});

function mount(folder: string): boolean {
  const args = ["-t", "tmpfs", "-o", "size=64k", "none", folder];
  return spawnSync("mount", args, { stdio: "ignore" }).status === 0;
}

/** Whether this machine lets the tests mount a disk of their own. */
function mountable(): boolean {
  const probe = "d=$(mktemp -d) && mount -t tmpfs -o size=64k none $d && umount $d && rmdir $d";
  return spawnSync("sh", ["-c", probe], { stdio: "ignore" }).status === 0;
}

describe("a file is there whole or not at all", () => {
  test("when making its text fails half-way", () => {
    const cwd = scratchFolder();
    const file = join(cwd, "x.json");
    function* pieces() {
      yield "x".repeat(1 << 20);
      throw new Error("no more");
    }
    expect(() => writeWhole(file, pieces())).toThrow("no more");
    expect(readdirSync(cwd)).toEqual([]);
    writeFileSync(file, "old");
    expect(() => writeWhole(file, pieces())).toThrow("no more");
    expect(readdirSync(cwd)).toEqual(["x.json"]);
    expect(readFileSync(file, "utf8")).toBe("old");
  });

  test("and never seen half-written: whoever has the old one open reads it to its end", () => {
    const file = join(scratchFolder(), "x.json");
    writeFileSync(file, "old");
    const before = statSync(file).ino;
    writeWhole(file, "new");
    expect(statSync(file).ino).not.toBe(before);
    expect(readFileSync(file, "utf8")).toBe("new");
  });

  test("keeps the permissions of the file that it replaces", () => {
    const file = join(scratchFolder(), "x.json");
    writeFileSync(file, "old");
    chmodSync(file, 0o600);
    writeWhole(file, "new");
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test("and follows no symlink that waits where the new one is made", () => {
    const cwd = scratchFolder();
    const file = join(cwd, "x.json");
    writeFileSync(join(cwd, "victim"), "mine");
    for (const name of [`x.json.${process.pid}.tmp`, "x.json.tmp"])
      symlinkSync("victim", join(cwd, name));
    writeWhole(file, "new");
    expect(readFileSync(join(cwd, "victim"), "utf8")).toBe("mine");
    expect(readFileSync(file, "utf8")).toBe("new");
  });

  test("in the place that a symlink leads to, which stays a symlink", () => {
    const cwd = scratchFolder();
    mkdirSync(join(cwd, "there"));
    writeFileSync(join(cwd, "there/real.json"), "old");
    symlinkSync("there/real.json", join(cwd, "x.json"));
    writeWhole(join(cwd, "x.json"), "new");
    expect(readFileSync(join(cwd, "there/real.json"), "utf8")).toBe("new");
    expect(readdirSync(join(cwd, "there"))).toEqual(["real.json"]);
  });
});

test("a baseline that cannot be written ends with 3, and says so", async () => {
  const cwd = scratchFolder();
  const args = ["check", "--update-baseline", "--baseline", "no/such/folder/b.yaml", "x"];
  const { code, stderr } = await hostbleed(args, { cwd });
  expect(code).toBe(3);
  expect(stderr).toContain("no/such/folder/b.yaml");
  expect(existsSync(join(cwd, "no"))).toBe(false);
});

test("a job summary that cannot be written keeps no report from its place", async () => {
  const cwd = scratchFolder();
  const env = { GITHUB_STEP_SUMMARY: "/dev/full" };
  const { code, stdout, stderr } = await hostbleed(["check", "--format", "github", "x"], {
    cwd,
    env,
  });
  expect(code).toBe(3);
  expect(stdout).toMatch(/^::error /);
  expect(stderr).toContain("no space left on device");
});

test.each(["--help", "--version", "check --help", "rules list", "schema report"])(
  "%s says why it cannot be written",
  async (line) => {
    const stdout = createWriteStream("/dev/full");
    const { code, stderr } = await hostbleed(line.split(" "), { stdout });
    expect(stderr).toContain("stdout: no space left on device");
    expect(code).toBe(3);
  },
);
