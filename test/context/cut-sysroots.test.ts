import { describe, expect, test } from "vitest";
import { isCut } from "../../src/context/layout/cut-sysroots.ts";
import type { Tracee } from "../../src/model/tracee.ts";

describe("A sysroot may be cut by strace -s", () => {
  const called = (argv: readonly string[], argvTruncated = true) =>
    ({ argv, argvTruncated }) as unknown as Tracee;

  test.each([
    ["in the middle of a name", "--sysroot=/home/builder/build/sysr", "/home/builder/build/sysr"],
    ["behind a slash, which its normal name lacks", "--sysroot=/home/builder/", "/home/builder"],
  ])("%s", (_, word, sysroot) => {
    expect(isCut(sysroot, called(["gcc", word, "-c"]))).toBe(true);
  });

  test.each([
    ["where another argument is longer", ["gcc", "--sysroot=/opt/root", "-I/opt/some/where/else"]],
    ["where it is said again, whole", ["gcc", "-I/opt/root/usr/include", "--sysroot=/opt/root"]],
  ])("but not %s", (_, argv) => {
    expect(isCut("/opt/root", called(argv))).toBe(false);
  });

  test("but not where nothing was cut", () => {
    expect(isCut("/opt/root", called(["gcc", "--sysroot=/opt/root"], false))).toBe(false);
  });
});
