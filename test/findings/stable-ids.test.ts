import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { inspect } from "../../src/inspect.ts";

/** One build, as it looks with other pids, in another folder, after other lines. */
async function idsOf(pid: number, work: string, before: string): Promise<unknown> {
  const [make, asker, driver, compiler] = [pid, pid + 1, pid + 7, pid + 8];
  const sysroot = `${work}/recipe-sysroot`;
  const trace = `${before}${make} execve("/usr/bin/make", ["make"], ["PKG_CONFIG_LIBDIR=${sysroot}/usr/lib/pkgconfig"]) = 0
${make} chdir("${work}/build") = 0
${make} vfork() = ${asker}
${asker} execve("/usr/bin/env", ["env", "-i", "pkg-config"], ["PKG_CONFIG_LIBDIR=${sysroot}/usr/lib/pkgconfig"]) = 0
${asker} execve("/usr/bin/pkg-config", ["pkg-config", "--cflags", "libpng"], ["PATH=/usr/bin"]) = 0
${asker} openat(AT_FDCWD, "/usr/lib/x86_64-linux-gnu/pkgconfig/libpng.pc", O_RDONLY) = 3
${asker} exit_group(0) = ?
${asker} +++ exited with 0 +++
${make} vfork() = ${driver}
${driver} execve("/usr/bin/aarch64-linux-gnu-gcc", ["gcc", "--sysroot=${sysroot}", "-I${work}/recipe-sysroot-native/usr/include", "-c", "a.c"], ["PATH=/usr/bin"]) = 0
${driver} vfork() = ${compiler}
${compiler} execve("/usr/lib/gcc-cross/aarch64-linux-gnu/12/cc1", ["cc1", "-I", "${work}/recipe-sysroot-native/usr/include", "-isysroot", "${sysroot}", "a.c"], ["PATH=/usr/bin"]) = 0
${compiler} openat(AT_FDCWD, "${work}/recipe-sysroot-native/usr/include/zlib.h", O_RDONLY|O_NOCTTY) = 4
${compiler} exit_group(0) = ?
`;
  const file = join(mkdtempSync(join(tmpdir(), "hostbleed-ids-")), "build.strace");
  writeFileSync(file, trace);
  const { groups, findings } = await inspect([file], { buildDirs: [`${work}/build`] });
  return {
    groups: groups.map(({ id, cause }) => [id, cause.kind]),
    findings: findings.map(({ fingerprint, group }) => [fingerprint, group]),
  };
}

test("groups and findings keep their ids on another day, in another folder", async () => {
  const here = await idsOf(100, "/home/joe/poky/tmp/work/cortexa53-poky-linux/a/1.0-r0", "");
  const noise = '7 execve("/bin/id", ["id"], []) = 0\n7 +++ exited with 0 +++\n';
  const there = await idsOf(4000, "/srv/ci/17/tmp/work/cortexa53-poky-linux/a/1.0-r0", noise);
  expect(there).toEqual(here);
  expect(JSON.stringify(here)).toMatch(/lost-variable.*stray-flag|stray-flag.*lost-variable/);
});
