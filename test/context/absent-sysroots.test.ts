import { expect, test } from "vitest";
import { inspectSources } from "../../src/inspect.ts";
import { memorySource } from "../process/memory-source.ts";

const LIBC = '"/home/b/board/aarch64-acme-linux-gnu/sysroot/usr/include/stdio.h", O_RDONLY';
const BAKED = '"/opt/maker/aarch64-acme-linux-gnu/sysroot/usr/include/stdio.h", O_RDONLY';

async function sysrootsOf(...opens: readonly string[]): Promise<readonly string[]> {
  const text = opens.map((open) => `7 openat(AT_FDCWD, ${open}\n`).join("");
  const report = await inspectSources([memorySource("build.strace", Buffer.from(text))]);
  return report.build.sysroots;
}

test("a moved toolchain asks in vain for the sysroot that it was built for: the one that is there is meant", async () => {
  const missing = `${BAKED}) = -1 ENOENT (No such file or directory)`;
  expect(await sysrootsOf(missing, `${LIBC}) = 3`)).toEqual([
    "/home/b/board/aarch64-acme-linux-gnu/sysroot",
  ]);
  expect(await sysrootsOf(`${LIBC}) = 3`, missing)).toEqual([
    "/home/b/board/aarch64-acme-linux-gnu/sysroot",
  ]);
});

test("a sysroot in which nothing was found is one all the same where there is no other", async () => {
  expect(await sysrootsOf(`${BAKED}) = -1 ENOENT (No such file or directory)`)).toEqual([
    "/opt/maker/aarch64-acme-linux-gnu/sysroot",
  ]);
});

test("what was found below a folder whose first file was missing counts", async () => {
  const folder = BAKED.replace("stdio.h", "stddef.h");
  expect(
    await sysrootsOf(`${folder}) = -1 ENOENT (No such file or directory)`, `${BAKED}) = 3`),
  ).toEqual(["/opt/maker/aarch64-acme-linux-gnu/sysroot"]);
});
