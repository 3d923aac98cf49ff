import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { inspect } from "../../src/inspect.ts";
import { scratchFolder } from "../commands/harness.ts";

const COMPILER = "/usr/lib/gcc-cross/aarch64-linux-gnu/12";
const LOG = `41 execve("${COMPILER}/cc1", ["cc1", "-isysroot", "/opt/s", "x.c"], 0x1 /* 9 vars */) = 0
41 openat(AT_FDCWD, "/opt/s/usr/include/zlib.h", O_RDONLY|O_NOCTTY) = 3
`;

test.each([
  { given: [], toolchains: [COMPILER], isInferred: true },
  {
    given: ["/opt/x"],
    toolchains: ["/opt/x", COMPILER],
    isInferred: true,
    added: [COMPILER],
  },
  { given: ["/usr/lib/gcc-cross"], toolchains: ["/usr/lib/gcc-cross"], isInferred: false },
])("of the toolchains $given, the report says what the log added", async (expected) => {
  const file = join(scratchFolder(), "a.strace");
  writeFileSync(file, LOG);
  const { build } = await inspect([file], { sysroots: ["/opt/s"], toolchains: expected.given });
  expect(build.toolchains).toEqual(expected.toolchains);
  expect(build.inferred.includes("toolchains")).toBe(expected.isInferred);
  expect(build.added).toEqual(expected.added);
});
