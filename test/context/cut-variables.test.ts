import { expect, test } from "vitest";
import { inspectSources } from "../../src/inspect.ts";
import { memorySource } from "../process/memory-source.ts";

const ROOT = "/srv/fw/sysroots/rootfs";

async function sysrootsOf(
  variable: string,
  ...opens: readonly string[]
): Promise<readonly string[]> {
  const lines = [
    `7 execve("/usr/bin/pkg-config", ["pkg-config", "--cflags", "libpng"], ["PATH=/usr/bin", ${variable}]) = 0`,
    ...opens.map((path) => `7 openat(AT_FDCWD, "${path}", O_RDONLY) = 3`),
    "",
  ];
  const report = await inspectSources([memorySource("x.strace", Buffer.from(lines.join("\n")))]);
  return report.build.sysroots;
}

test("a variable that -s has cut names no sysroot, but the beginning of one", async () => {
  const cut = '"PKG_CONFIG_SYSROOT_DIR=/srv/fw/s"...';
  expect(await sysrootsOf(cut, "/etc/hostname")).toEqual([]);
  expect(await sysrootsOf(cut, `${ROOT}/usr/lib/pkgconfig/libpng.pc`)).toEqual([ROOT]);
  expect(await sysrootsOf('"PKG_CONFIG_SYSROOT_DIR=/srv/fw/s"', "/etc/hostname")).toEqual([
    "/srv/fw/s",
  ]);
});
