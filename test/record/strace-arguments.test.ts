import { describe, expect, test } from "vitest";
import { straceArguments } from "../../src/record/strace-arguments.ts";
import { reaches, type StraceVersion, versionIn } from "../../src/record/strace-program.ts";

const wishes = { calls: ["openat", "openat2"], output: "/tmp/pipe", attach: [] };

describe("the arguments for strace", () => {
  test("name each call so that a strace without it does not mind", () => {
    const args = straceArguments({ ...wishes, version: [6, 1] });
    expect(args).toContain("trace=?openat,?openat2");
  });

  test.each([
    ["6.1", [6, 1], true],
    ["5.3, the first with it", [5, 3], true],
    ["5.2", [5, 2], false],
    ["4.26", [4, 26], false],
    ["a version that is not told", null, true],
  ] as const)("let the kernel filter where strace is %s: %o %s", (_, version, filters) => {
    const args = straceArguments({ ...wishes, version });
    expect(args.includes("--seccomp-bpf")).toBe(filters);
  });

  test("cannot put a filter upon processes that already run", () => {
    const args = straceArguments({ ...wishes, version: [6, 1], attach: [7, 8] });
    expect(args).not.toContain("--seccomp-bpf");
    expect(args.slice(-4)).toEqual(["-p", "7", "-p", "8"]);
  });

  test("spell out the environment of programs, and no other structure", () => {
    const args = straceArguments({ ...wishes, version: [6, 1] });
    expect(args).toContain("abbrev=!execve,execveat");
    expect(args).not.toContain("-v");
  });
});

describe("the version of strace", () => {
  test.each([
    ["strace -- version 6.1\nCopyright", [6, 1]],
    ["strace -- version 4.17", [4, 17]],
    ["strace -- version 7.2.0.3.3e4d70a5e-dirty", [7, 2]],
    ["strace -- version UNKNOWN", null],
    ["", null],
  ] as const)("%j is %o", (text, version) => {
    expect(versionIn(text)).toEqual(version);
  });

  test.each<[StraceVersion, StraceVersion, boolean]>([
    [[5, 3], [5, 3], true],
    [[5, 2], [5, 3], false],
    [[4, 26], [5, 3], false],
    [[6, 0], [5, 3], true],
    [[10, 0], [5, 3], true],
  ])("%o reaches %o: %s", (version, since, answer) => {
    expect(reaches(version, since)).toBe(answer);
  });
});
