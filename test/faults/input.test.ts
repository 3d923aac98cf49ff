import { spawnSync } from "node:child_process";
import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { plainBytes } from "../../src/input/plain-bytes.ts";
import { inspect } from "../../src/inspect.ts";
import type { Report } from "../../src/model/report.ts";
import { type Ended, hostbleed, scratchFolder } from "../commands/harness.ts";
import { describeWith } from "../tools.ts";

/** One leak at its beginning, then what any build reads: enough that a cut leaves some of it. */
const LOG = [
  '41 execve("/usr/lib/gcc-cross/aarch64-linux-gnu/12/cc1", ["cc1", "-isysroot", "/opt/s", "x.c"], 0x1 /* 9 vars */) = 0',
  '41 openat(AT_FDCWD, "/usr/include/zlib.h", O_RDONLY|O_NOCTTY) = 3',
  ...Array.from(
    { length: 20_000 },
    (_, at) => `41 openat(AT_FDCWD, "/opt/s/usr/include/${at * 7919}.h", O_RDONLY) = ${at % 9}`,
  ),
  "41 +++ exited with 0 +++",
  "",
].join("\n");
const CLEAN = LOG.replace("/usr/include/zlib.h", "/opt/s/usr/include/zlib.h");

async function check(cwd: string, ...args: readonly string[]): Promise<Ended & { report: Report }> {
  const given = ["check", "--sysroot", "/opt/s", "--format", "json", ...args];
  const ended = await hostbleed(given, { cwd, inspect });
  return { ...ended, report: ended.stdout === "" ? ({} as Report) : JSON.parse(ended.stdout) };
}

const PACKERS = {
  gzip: ["gzip", "-c"],
  zstd: ["zstd", "-qc"],
  xz: ["xz", "-1c"],
  bzip2: ["bzip2", "-c"],
};

describe.each(Object.entries(PACKERS))("a log packed by %s", (name, [command = "", ...args]) => {
  const pack = (text: string) =>
    spawnSync(command, args, { input: text, maxBuffer: 1 << 28 }).stdout;

  describeWith([name], "that is damaged", () => {
    const spoils: Readonly<Record<string, (packed: Buffer) => Buffer>> = {
      cut: (packed) => packed.subarray(0, packed.length * 0.9),
      "cut by one byte": (packed) => packed.subarray(0, -1),
      "overwritten near its end": (packed) => {
        const broken = Buffer.from(packed);
        return broken.fill(
          0xa5,
          Math.floor(packed.length * 0.9),
          Math.floor(packed.length * 0.9) + 64,
        );
      },
    };

    test.each(Object.keys(spoils))(
      "%s, is judged as far as it goes, and the report says so",
      async (how) => {
        const cwd = scratchFolder();
        const file = join(cwd, "build.strace");
        writeFileSync(file, spoils[how]?.(pack(LOG)) ?? "");
        const { code, report } = await check(cwd, file);
        expect(code).toBe(1);
        expect(report.findings.map(({ path }) => path)).toContain("/usr/include/zlib.h");
        expect(report).toMatchObject({ incomplete: true, traces: [{ truncated: true }] });
        expect(report.traces[0]?.damage).toContain(name);
      },
    );

    test("and shows no leak before, is reported, and passes no gate: the rest is unknown", async () => {
      const cwd = scratchFolder();
      const file = join(cwd, "build.strace");
      writeFileSync(file, spoils.cut?.(pack(CLEAN)) ?? "");
      expect((await check(cwd, "--fail-on", "never", file)).code).toBe(0);
      const argv = ["check", "--sysroot", "/opt/s", file];
      const { code, stdout, stderr } = await hostbleed(argv, { cwd, inspect });
      expect(code).toBe(3);
      expect(stdout).toMatch(/cut short \(\w+: .*\)[\s\S]*incomplete: the input ended early/);
      expect(stderr).toMatch(/The input is damaged: .*build\.strace: \w+: /);
    });

    test("from its start on, is called damaged and not empty", async () => {
      const cwd = scratchFolder();
      writeFileSync(join(cwd, "build.strace"), pack(CLEAN).subarray(0, 20));
      const { code, stderr } = await check(cwd, join(cwd, "build.strace"));
      expect(code).toBe(3);
      expect(stderr).toMatch(/The input is damaged: .*: \w+: .*\n {2}hint: nothing of it/);
    });

    test("gives its events up to there, a warning, and 3", async () => {
      const file = join(scratchFolder(), "build.strace");
      writeFileSync(file, spoils.cut?.(pack(LOG)) ?? "");
      const { code, stdout, stderr } = await hostbleed(["events", file]);
      expect(stdout.split("\n").length).toBeGreaterThan(1000);
      expect(stderr).toMatch(/warning: .* could not be read to its end/);
      expect(code).toBe(3);
    });
  });
});

test("a decompressor that is missing ends with 3 and names the package", async () => {
  const cwd = scratchFolder();
  writeFileSync(join(cwd, "a.zst"), Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, 0, 0, 0, 0, 0));
  const { PATH } = process.env;
  process.env.PATH = cwd;
  try {
    const { code, stdout, stderr } = await check(cwd, join(cwd, "a.zst"));
    expect([code, stdout]).toEqual([3, ""]);
    expect(stderr).toMatch(/a\.zst: zstd is not installed[\s\S]*apt install zstd/);
  } finally {
    process.env.PATH = PATH;
  }
});

test("a decompressor that dies leaves a report of what it gave", async () => {
  const cwd = scratchFolder();
  writeFileSync(join(cwd, "part"), LOG.slice(0, 10_000));
  writeFileSync(join(cwd, "zstd"), `#!/bin/sh\ncat '${join(cwd, "part")}'\nkill -9 $$\n`);
  chmodSync(join(cwd, "zstd"), 0o755);
  writeFileSync(join(cwd, "a.zst"), Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, 0, 0, 0, 0, 0));
  const { PATH } = process.env;
  process.env.PATH = `${cwd}:${PATH}`;
  try {
    const { code, report } = await check(cwd, join(cwd, "a.zst"));
    expect(code).toBe(1);
    expect(report).toMatchObject({
      incomplete: true,
      traces: [{ damage: "zstd: ended with SIGKILL" }],
    });
  } finally {
    process.env.PATH = PATH;
  }
});

test("a disk that fails half-way ends the input there, and says at which byte", async () => {
  const file = join(scratchFolder(), "a.strace");
  writeFileSync(file, LOG);
  const fd = openSync(file, "r");
  const reading = { consumed: 0, damage: null };
  const room = new Uint8Array(64 << 10);
  let got = 0;
  for await (const chunk of plainBytes(fd, reading, { room: () => room })) {
    got += chunk.length;
    // The next read of this descriptor is refused by the system.
    closeSync(fd);
  }
  expect(got).toBe(64 << 10);
  expect(reading.damage).toMatch(/^reading stopped at byte 65536: its descriptor is closed$/);
});

test("a log whose last line is cut is judged, and marked", async () => {
  const cwd = scratchFolder();
  writeFileSync(join(cwd, "clean.strace"), CLEAN.slice(0, CLEAN.length - 60));
  expect((await check(cwd, join(cwd, "clean.strace"))).code).toBe(0);
  expect((await check(cwd, "--strict", join(cwd, "clean.strace"))).code).toBe(3);
  writeFileSync(join(cwd, "a.strace"), LOG.slice(0, LOG.length - 60));
  const { code, report } = await check(cwd, join(cwd, "a.strace"));
  expect(code).toBe(1);
  expect(report.incomplete).toBe(true);
  expect(report.traces[0]).not.toHaveProperty("damage");
});

/** A build whose log leaves nothing open. */
const DECIDED = CLEAN.split("\n").slice(0, 4).join("\n");

test.each([
  ["its last call", DECIDED],
  ["an exit", `${DECIDED}\n41 +++ exited with 0 +++`],
  ["an exit, as a stream in UTF-16", Buffer.from(`\ufeff${DECIDED}`, "utf16le")],
  ["an exit, with old Macs' line ends", DECIDED.replaceAll("\n", "\r")],
])("a log that lacks no more than the newline behind %s is whole", async (_, log) => {
  const cwd = scratchFolder();
  writeFileSync(join(cwd, "a.strace"), log);
  const { report } = await check(cwd, "--strict", join(cwd, "a.strace"));
  expect(report).toMatchObject({ incomplete: false, traces: [{ truncated: false }] });
});

test("a log of -T that ends with a number is cut there", async () => {
  const cwd = scratchFolder();
  const timed = DECIDED.replaceAll(/$/gm, " <0.000012>");
  writeFileSync(join(cwd, "a.strace"), timed);
  expect((await check(cwd, join(cwd, "a.strace"))).report.incomplete).toBe(false);
  writeFileSync(join(cwd, "a.strace"), timed.slice(0, -11));
  expect((await check(cwd, join(cwd, "a.strace"))).report.incomplete).toBe(true);
});

test("a call whose string only looks like a result is cut there", async () => {
  const cwd = scratchFolder();
  writeFileSync(join(cwd, "a.strace"), `${DECIDED}\n41 openat(AT_FDCWD, "/a) = 3`);
  expect((await check(cwd, join(cwd, "a.strace"))).report.incomplete).toBe(true);
});

describe("a set of strace -ff", () => {
  test.each([
    [") = 3", false],
    [") = -1", true],
  ])("whose file ends with %s has a cut line: %s", async (end, isCut) => {
    const cwd = scratchFolder();
    mkdirSync(join(cwd, "t"));
    const lines = DECIDED.replaceAll(/^41 /gm, "");
    writeFileSync(join(cwd, "t/b.41"), `${lines}\n`);
    writeFileSync(join(cwd, "t/b.42"), `${lines}\nopenat(AT_FDCWD, "/opt/s/a.h", O_RDONLY${end}`);
    expect((await check(cwd, join(cwd, "t"))).report.incomplete).toBe(isCut);
  });

  test("one of whose files is damaged is judged, and names that file", async () => {
    const cwd = scratchFolder();
    mkdirSync(join(cwd, "t"));
    const lines = LOG.replaceAll(/^41 /gm, "");
    const packed = gzipSync(lines);
    writeFileSync(join(cwd, "t/b.41"), lines);
    writeFileSync(join(cwd, "t/b.42.gz"), packed.subarray(0, packed.length / 2));
    const { code, report } = await check(cwd, join(cwd, "t"));
    expect(code).toBe(1);
    expect(report.incomplete).toBe(true);
    expect(report.traces[0]?.damage).toMatch(/b\.42\.gz: gzip/);
  });

  test("one of whose files cannot be read is not judged without it", async () => {
    const cwd = scratchFolder();
    mkdirSync(join(cwd, "t"));
    const lines = LOG.replaceAll(/^41 /gm, "");
    writeFileSync(join(cwd, "t/b.41"), lines);
    mkdirSync(join(cwd, "t/b.42"));
    writeFileSync(join(cwd, "t/b.43"), lines);
    // A folder of that name is no member.
    expect((await check(cwd, join(cwd, "t"))).report.traces[0]?.tracees).toBe(2);
  });
});

test.each([
  ["a folder without traces", "empty", /holds no strace log/],
  ["a name that is not there", "nothing", /No such file/],
  ["a device without bytes", "/dev/null", /is empty/],
])("%s ends with 3, and nothing on stdout", async (_, name, words) => {
  const cwd = scratchFolder();
  mkdirSync(join(cwd, "empty"));
  const { code, stdout, stderr } = await check(cwd, name.startsWith("/") ? name : join(cwd, name));
  expect([code, stdout]).toEqual([3, ""]);
  expect(stderr).toMatch(words);
});

test("a name that can stand for nothing is refused in words, and is no mistake of ours", async () => {
  const cwd = scratchFolder();
  writeFileSync(join(cwd, "file"), LOG);
  symlinkSync("loop", join(cwd, "loop"));
  const told = async (name: string) => {
    const { code, stderr } = await check(cwd, "--report", `json=${join(cwd, "out")}`, name);
    return `${code} ${stderr.split("\n")[0]?.replaceAll(cwd, "")}`;
  };
  expect(await told(join(cwd, "loop"))).toBe(
    "3 hostbleed: The input cannot be read: /loop: its symlinks lead in a circle",
  );
  expect(await told(join(cwd, "file/x"))).toBe("3 hostbleed: No such file or folder: /file/x");
  expect(await told(join(cwd, "x".repeat(300)))).toMatch(/its name is too long$/);
  expect(await told(join(cwd, "caf\ufffd"))).toMatch(/its name seems to be no UTF-8$/);
  expect(await told("")).toMatch(/^2 hostbleed: an argument is empty/);
});

test("a file without a line of strace's among logs is no log that is judged in silence", async () => {
  const cwd = scratchFolder();
  writeFileSync(join(cwd, "a.strace"), LOG);
  writeFileSync(join(cwd, "README"), "make it\nand run it\n");
  const { code, stdout, stderr } = await check(cwd, join(cwd, "a.strace"), join(cwd, "README"));
  expect([code, stdout]).toEqual([3, ""]);
  expect(stderr).toContain("README holds no line of strace among 2");
});

test("each error says what it is about once", async () => {
  const cwd = scratchFolder();
  const missing = await check(cwd, "nothing");
  expect(missing.stderr).toContain("hostbleed: No such file or folder: nothing\n");
  expect((await check(cwd, "/dev/null")).stderr).toContain("hostbleed: /dev/null is empty\n");
});

test("the shipped samples are whole, so that none of this is met by chance", async () => {
  const sample = fileURLToPath(
    new URL("../../samples/clean-cargo/build.strace.gz", import.meta.url),
  );
  expect(readFileSync(sample).length).toBeGreaterThan(0);
  const { code, report } = await check(scratchFolder(), sample);
  expect([code, report.incomplete]).toEqual([0, false]);
});
