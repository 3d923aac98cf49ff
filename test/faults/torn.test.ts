import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { inspect } from "../../src/inspect.ts";
import { scratchFolder } from "../commands/harness.ts";

test("a log whose lines something cut in their middle is not called clean", async () => {
  const log = join(scratchFolder(), "build.strace");
  const call = `41 openat(AT_FDCWD, "/usr/include/\n41 a.h", O_RDONLY) = 3\n`;
  writeFileSync(
    log,
    `41 execve("/usr/bin/cc1", ["cc1"], 0x1 /* 9 vars */) = 0\n${call.repeat(50)}`,
  );
  const { verdict, undecided } = await inspect([log], { sysroots: ["/opt/s"] });
  expect(verdict).toBe("undecided");
  expect(undecided.at(-1)).toMatchObject({ what: "line", count: 50 });
});
