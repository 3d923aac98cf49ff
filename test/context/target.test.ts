import { expect, test } from "vitest";
import { inspectSources } from "../../src/inspect.ts";
import { memorySource } from "../process/memory-source.ts";

const NDK = "/opt/ndk/toolchains/llvm/prebuilt/linux-x86_64";

async function targetOf(...lines: readonly string[]): Promise<string | null> {
  const text = [...lines, '1 openat(AT_FDCWD, "a.c", O_RDONLY) = 3', ""].join("\n");
  const report = await inspectSources([memorySource("build.strace", Buffer.from(text))]);
  return report.build.target;
}

function clang(pid: number, triple: string, more = ""): string {
  return `${pid} execve("${NDK}/bin/clang", ["clang", "--target=${triple}"${more}, "a.c"], 0x7ffc /* 9 vars */) = 0`;
}

test("a target has no versions in its name", async () => {
  expect(await targetOf(clang(1, "aarch64-linux-android21"))).toBe("aarch64-linux-android");
  expect(await targetOf(clang(1, "aarch64-unknown-linux5.10.0-gnu2.36.0"))).toBe(
    "aarch64-unknown-linux-gnu",
  );
  expect(await targetOf(clang(1, "mips64el-linux-gnuabi64"))).toBe("mips64el-linux-gnuabi64");
});

test("a triple that -s has cut is none: folders of the sysroot have the whole one", async () => {
  const crt = `1 openat(AT_FDCWD, "${NDK}/sysroot/usr/lib/aarch64-linux-android/21/crtbegin_dynamic.o", O_RDONLY|O_CLOEXEC) = 3`;
  const cut = clang(1, "aarch64-none-linux-andr")
    .replace('",', '"...,')
    .replace('andr"', 'andr"...');
  expect(await targetOf(cut)).toBe("aarch64-linux-gnu");
  expect(await targetOf(cut, crt)).toBe("aarch64-linux-android");
  expect(await targetOf(crt)).toBe("aarch64-linux-android");
});

test("a linker that tells the machine alone does not outvote who tells the triple", async () => {
  const linkers = [2, 3, 4].map(
    (pid) =>
      `${pid} execve("${NDK}/bin/ld${pid}", ["ld.lld", "-m", "aarch64linux"], 0x7ffc /* 9 vars */) = 0`,
  );
  expect(await targetOf(clang(1, "aarch64-linux-musl"), ...linkers)).toBe("aarch64-linux-musl");
});
