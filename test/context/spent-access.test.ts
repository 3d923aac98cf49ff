import { expect, test } from "vitest";
import type { Access, Spent } from "../../src/model/access.ts";
import type { Tracee } from "../../src/model/tracee.ts";
import { newObserver } from "./observer.fixture.ts";

const observer = newObserver();
const { paths } = observer;

/** An access by nobody in particular: who makes it must not matter. */
function isSpent(
  kind: Access["kind"],
  outcome: Access["outcome"],
  path: string,
  requested: string = path,
): Spent {
  return observer.isSpent({
    tracee: null as unknown as Tracee,
    kind,
    outcome,
    path: paths.intern(path),
    real: 0,
    requested: paths.intern(requested),
    to: 0,
    target: null,
    openFlags: 0,
    fd: -1,
    line: 1,
  });
}

test.each([
  ["read", "missing", "/work/a.h", "a header that is not there"],
  ["read", "failed", "/usr/include/a.h", "one of the host that may not be read"],
  ["probe", "missing", "/usr/include/a.h", "one of the host that somebody looked for"],
  ["probe", "done", "/work/a.h", "one of the project that is there"],
  ["readlink", "failed", "/usr/bin", "a folder that is no link"],
] as const)("%s, %s, of %s is spent: %s", (kind, outcome, path, _why) => {
  expect(isSpent(kind, outcome, path)).toBe("always");
});

test("an fstat of a file of the host is spent: its open has told of it", () => {
  expect(isSpent("probe", "done", "/usr/include/a.h", "")).toBe("always");
});

test("a relative path of an unknown folder that is not there is spent: it tells of no file", () => {
  expect(isSpent("read", "missing", "", "a.h")).toBe("always");
});

test.each([
  ["probe", "done", "/usr/include/a.h", "cmake may have found it"],
  ["read", "missing", "/usr/lib/libz.so", "the loader may be at work, or a linker"],
  [
    "read",
    "missing",
    "/usr/lib/gcc-cross/aarch64-linux-gnu/12/specs",
    "it tells which compiler this is, where no exec does",
  ],
] as const)("%s, %s, of %s is mostly spent: %s", (kind, outcome, path, _why) => {
  expect(isSpent(kind, outcome, path)).toBe("mostly");
});

test.each([
  ["read", "done", "/work/a.h", "a file was opened"],
  ["read", "done", "", "a file that nobody knows was opened"],
  ["read", "missing", "/etc/ld.so.preload", "the loader is at work"],
  ["write", "failed", "/etc/ld.so.cache", "any open of the loader's cache tells of a new program"],
] as const)("%s, %s, of %s is not spent: %s", (kind, outcome, path, _why) => {
  expect(isSpent(kind, outcome, path)).toBe("never");
});
