import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { DIALECTS } from "../../../benchmarks/generator/dialect.ts";
import { Random } from "../../../benchmarks/generator/random.ts";
import { KINDS, makeTrace } from "../../../benchmarks/generator/trace.ts";
import type { WasmModule } from "../../../src/strace/fast/web-assembly.ts";
import { readByBoth } from "./both-lanes.ts";
import { scannerModule } from "./scanner-module.ts";

let module: WasmModule;
beforeAll(async () => {
  module = await scannerModule();
}, 60_000);

function expectSame(log: Uint8Array, pieces?: number, pid: number | null = null): void {
  const { careful, fast, ahead } = readByBoth(module, log, pieces, pid);
  expectEqual(careful, fast);
  expectEqual(careful, ahead);
}

function expectEqual(careful: readonly string[], fast: readonly string[]): void {
  const first = careful.findIndex((event, at) => event !== fast[at]);
  if (first >= 0 || careful.length !== fast.length) {
    const at = first < 0 ? careful.length : first;
    expect(fast.slice(Math.max(0, at - 1), at + 3)).toEqual(
      careful.slice(Math.max(0, at - 1), at + 3),
    );
  }
}

function trace(
  bytes: number,
  kind: (typeof KINDS)[number],
  dialect: (typeof DIALECTS)[number],
  seed: number,
): Buffer {
  return Buffer.concat([...makeTrace({ kind, dialect, bytes, seed })]);
}

describe("both lanes tell the same of made-up traces", () => {
  for (const dialect of DIALECTS) {
    for (const kind of KINDS) {
      test(`of kind ${kind}, dialect ${dialect}`, () => {
        expectSame(trace(600_000, kind, dialect, 7));
      });
    }
  }

  test("with lines that are longer than what is read at once, in the middle of other calls", () => {
    const long = `execve("/bin/x", ["x", "${"a".repeat(1_700_000)}"], 0x7ffc0000 /* 3 vars */)`;
    const lines = [
      ...Array.from({ length: 40 }, () => '12 access("/x", F_OK) = 0'),
      '12 openat(AT_FDCWD, "y", O_RDONLY <unfinished ...>',
      `12 ${long} = 0`,
      "12 <... openat resumed>) = 3",
      '12 openat(AT_FDCWD, "z", O_RDONLY <unfinished ...>',
      `13 ${long} = -1 ENOENT (No such file or directory)`,
      "12 <... openat resumed>) = 4",
    ];
    const log = Buffer.from(`${[...lines, ...lines].join("\n")}\n`);
    for (const pieces of [1 << 16, 300_000, 10_000_000]) expectSame(log, pieces);
  });

  test("that come in larger pieces than are read at once", () => {
    const log = trace(3_000_000, "all", "stderr", 3);
    for (const pieces of [300_000, 1_500_000]) expectSame(log, pieces);
  });

  test("that come in pieces of any size", () => {
    const log = trace(100_000, "all", "plain", 3);
    for (const pieces of [1, 7, 4096, 65_537])
      expectSame(log.subarray(0, pieces === 1 ? 20_000 : log.length), pieces);
  });
});

describe("both lanes tell the same of a log whose name ends in a pid", () => {
  test("and whose lines have pids too, like a log that was rotated", () => {
    expectSame(trace(400_000, "all", "plain", 5), undefined, 12);
  });

  test("and whose lines have none, like a file of a strace -ff set", () => {
    const log = trace(400_000, "all", "plain", 5).toString("latin1");
    expectSame(Buffer.from(log.replace(/^\d+ +/gm, ""), "latin1"), undefined, 12);
    expectSame(Buffer.from(log.replace(/^\d+ +/gm, "12:30:01.000123 "), "latin1"), undefined, 12);
  });
});

describe("both lanes tell the same of texts that look like what the scanner leaves out", () => {
  test.each([
    'openat(AT_FDCWD, "/tmp/3<pipe:[51]>", O_RDONLY) = 3',
    'openat(AT_FDCWD</tmp/3<pipe:[51]>>, "x", O_RDONLY) = 3</tmp/<pipe:[52]>>',
    'openat(AT_FDCWD, "x", O_RDONLY) = 3<pipe:[52]>',
    "close(3<pipe:[52]>) = 0",
    "pipe2([3<pipe:[5]>, 4<pipe:[6]>], O_CLOEXEC) = 0",
    "dup2(3<socket:[7]>, 0) = 0<socket:[7]>",
    'stat("/tmp/{a}", {st_mode=S_IFREG|0644, st_size=1, ...}) = 0',
    'stat("/tmp/a", {st_mode=S_IFREG|0644, st_size=1}, {st_size=2}) = 0',
    'newfstatat(3</a"b{c>, "x{y}", {st_mode=S_IFREG|0644}, 0) = 0',
    'newfstatat(AT_FDCWD, "x", {st_atime=1 /* 2026 } */, st_size=1}, AT_SYMLINK_NOFOLLOW) = 0',
    'newfstatat(AT_FDCWD, "x", {st_atime=1 /* 2026, st_size=1}, AT_SYMLINK_NOFOLLOW) = 0',
    'statx(AT_FDCWD, "x", 0, STATX_ALL, {stx_mask=STATX_ALL, stx_atime={tv_sec=1, tv_nsec=2}}) = 0',
    'openat(AT_FDCWD, "/tmp/0x123456789abc", O_RDONLY) = 3</tmp/0x123456789abc>',
  ])("%s", (call) => {
    const halves = call.replace(/(, [^,]*\) = )/, " <unfinished ...>\n12 <... openat resumed>$1");
    const lines = [1, 2, 3].map((fd) => `12 ${call.replaceAll("5", `${fd}`)}\n12 ${call}\n`);
    expectSame(Buffer.from(`${"12 close(9) = 0\n".repeat(40)}${lines.join("")}12 ${halves}\n`));
  });
});

describe("both lanes tell the same of damaged traces", () => {
  const BYTES = '"\\<>()[]{}= \n,0123456789ABCaz./\x00\xff\r\x1b:;|+-_*';

  for (const dialect of DIALECTS) {
    test.each([1, 2, 3, 4])(`dialect ${dialect}, bytes changed at random, seed %d`, (seed) => {
      const log = trace(400_000, "all", dialect, seed);
      const random = new Random(seed);
      for (let edit = 0; edit < 4000; edit++)
        log[random.below(log.length)] = BYTES.charCodeAt(random.below(BYTES.length)) & 0xff;
      expectSame(log);
    });

    test.each([1, 2])(`dialect ${dialect}, pieces cut out and doubled, seed %d`, (seed) => {
      let log = trace(200_000, "all", dialect, seed);
      const random = new Random(seed);
      for (let edit = 0; edit < 300; edit++) {
        const at = random.below(log.length);
        const length = random.skewed(400);
        const piece = log.subarray(at, at + length);
        const to = random.below(log.length);
        log = random.chance(0.5)
          ? Buffer.concat([log.subarray(0, at), log.subarray(at + length)])
          : Buffer.concat([log.subarray(0, to), piece, log.subarray(to)]);
      }
      expectSame(log);
    });
  }
});

describe("both lanes tell the same of every trace at hand", () => {
  const root = fileURLToPath(new URL("../../..", import.meta.url));
  const found = ["samples", "test"]
    .flatMap((folder) => filesBelow(join(root, folder)))
    .filter((path) => /(?:strace|trace|log)[\w.-]*(?:\.gz)?$|\.md$/.test(path));

  test.each(found.map((path) => [path.slice(root.length), path]))("%s", (_, path) => {
    const bytes = readFileSync(path);
    expectSame(bytes[0] === 0x1f ? gunzipSync(bytes) : bytes);
  });
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}
