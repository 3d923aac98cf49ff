import { expect, test } from "vitest";
import { inspectSources } from "../../src/inspect.ts";
import { memorySource } from "../process/memory-source.ts";

const LOG = [
  '9 execve("/bin/sh", ["sh", "configure"], 0x7ffc /* 9 vars */) = 0',
  "9 vfork() = 10",
  '10 execve("/usr/bin/libpng16-config", ["libpng16-config", "--cflags"], 0x7ffc /* 9 vars */ <unfinished ...>',
  "9 wait4(-1,  <unfinished ...>",
  "10 <... execve resumed>) = 0",
  '10 openat(AT_FDCWD, "/etc/ld.so.cache", O_RDONLY|O_CLOEXEC) = 3',
  "10 +++ exited with 0 +++",
];

test("a program whose exec is split is quoted by the line that it began in", async () => {
  const log = Buffer.from(`${LOG.join("\n")}\n`);
  const given = { target: "aarch64-poky-linux", sysroots: ["/s"] };
  const { findings } = await inspectSources([memorySource("strace", log)], given);
  const [finding] = findings.filter(({ path }) => path === "/usr/bin/libpng16-config");
  expect(finding?.evidence).toMatchObject([{ line: 3, text: LOG[2] }]);
});
