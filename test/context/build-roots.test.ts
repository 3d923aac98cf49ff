import { expect, test } from "vitest";
import { inspectSources } from "../../src/inspect.ts";
import type { Report } from "../../src/model/report.ts";
import { memorySource } from "../process/memory-source.ts";

const ROOT = "/srv/chroot/sid";
const LINES = [
  '7 execve("/usr/sbin/chroot", ["chroot", "/srv/chroot/sid", "aarch64-linux-gnu-gcc", "a.c"], 0x7ffc /* 9 vars */) = 0',
  `7 chroot("${ROOT}") = 0`,
  '7 chdir("/src") = 0',
  '7 execve("/usr/bin/aarch64-linux-gnu-gcc", ["aarch64-linux-gnu-gcc", "a.c"], 0x7ffc /* 9 vars */) = 0',
  '7 execve("/usr/lib/gcc-cross/aarch64-linux-gnu/12/cc1", ["cc1", "-quiet", "a.c"], 0x7ffc /* 9 vars */) = 0',
  '7 openat(AT_FDCWD, "a.c", O_RDONLY|O_NOCTTY) = 3',
  '7 openat(AT_FDCWD, "/opt/sr/usr/include/stdio.h", O_RDONLY|O_NOCTTY) = 4',
  '7 openat(AT_FDCWD, "/usr/include/png.h", O_RDONLY|O_NOCTTY) = 4',
  "7 +++ exited with 0 +++",
  "",
];

async function pathsWith(
  sysroot: string,
): Promise<readonly (readonly [string, string | undefined])[]> {
  const report: Report = await inspectSources(
    [memorySource("build.strace", Buffer.from(LINES.join("\n")))],
    { target: "aarch64-linux-gnu", sysroots: [sysroot] },
  );
  return report.findings.map(({ path, expected }) => [path, expected?.path]);
}

test("a sysroot may be given by its name inside of the build's root, and outside", async () => {
  const leak = ["/usr/include/png.h", "/opt/sr/usr/include/png.h"];
  expect(await pathsWith("/opt/sr")).toEqual([leak]);
  expect(await pathsWith(`${ROOT}/opt/sr`)).toEqual([leak]);
});

test("a root that was given as the sysroot is the target's", async () => {
  expect(await pathsWith(ROOT)).toEqual([]);
});
