import { expect, test } from "vitest";
import { parseStrace, type Syscall } from "../../src/strace.ts";

const LOG = `12 openat(AT_FDCWD, "/a", O_RDONLY) = 3
12 read(3, "x", 1 <unfinished ...>
13 futex(0x7f, FUTEX_WAKE, 1) = 0
12 <... read resumed>) = 1
12 +++ exited with 0 +++
`;

test("calls come in batches, one for each chunk that ended any", async () => {
  const batches: Syscall[][] = [];
  const chunks = [LOG.slice(0, 60), LOG.slice(60, 90), LOG.slice(90)].map((text) =>
    Buffer.from(text),
  );
  for await (const batch of parseStrace(chunks)) batches.push(batch);
  expect(batches.map((batch) => batch.map(({ name, line }) => `${line} ${name}`))).toEqual([
    ["1 openat"],
    ["2 read"],
  ]);
});

test("a call keeps its arguments after its batch is gone", async () => {
  const calls: Syscall[] = [];
  for await (const batch of parseStrace([Buffer.from(LOG)])) calls.push(...batch);
  expect(calls[0]?.args).toEqual(["AT_FDCWD", '"/a"', "O_RDONLY"]);
  expect(calls[1]?.content).toEqual({ bytes: "x", truncated: false });
});

test("the caller chooses which calls are read, and what their arguments are", async () => {
  const calls: Syscall[] = [];
  const signatures = new Map([["futex", { flags: 1 }]]);
  for await (const batch of parseStrace([Buffer.from(LOG)], { signatures })) calls.push(...batch);
  expect(calls.map(({ name, flags }) => [name, flags])).toEqual([["futex", "FUTEX_WAKE"]]);
});

test("an empty log gives no batch", async () => {
  for await (const batch of parseStrace([])) expect(batch).toBe("never");
});

test("an exec that is torn behind an argument of many megabytes keeps its path", async () => {
  const log = `12 execve("/bin/cc", ["${"x".repeat(12_000_000)}", "yy
13 openat(AT_FDCWD, "/a", O_RDONLY) = 3
12 openat(AT_FDCWD, "/b", O_RDONLY) = 3
`;
  const paths: (string | undefined)[] = [];
  for await (const batch of parseStrace([Buffer.from(log)]))
    paths.push(...batch.map(({ path }) => path?.bytes));
  expect(paths).toEqual(["/bin/cc", "/a", "/b"]);
});
