import { spawnSync } from "node:child_process";
import { mkdirSync, openSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { systemReason } from "../../src/model/system-reason.ts";
import { scratchFolder } from "../commands/harness.ts";

function refusalOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return null;
}

test("the system's refusals are told in our words, without code, call and path", () => {
  const folder = scratchFolder();
  symlinkSync("round", join(folder, "round"));
  const told = [
    () => readFileSync(join(folder, "missing")),
    () => readFileSync(folder),
    () => readFileSync(join(folder, "round")),
    () => readFileSync(join(folder, "x".repeat(300))),
    () => mkdirSync(folder),
    () => openSync("/proc/version/inside", "r"),
  ].map((act) => systemReason(refusalOf(act)));
  expect(told).toEqual([
    "no such file or folder",
    "it is a folder",
    "its symlinks lead in a circle",
    "its name is too long",
    "it is there already",
    "what stands before a / in it is no folder",
  ]);
});

test("a program that cannot be started is named", () => {
  const { error } = spawnSync("no-such-program-here", []);
  expect(systemReason(error)).toBe("no-such-program-here is not installed");
});

test("what nobody has words for keeps the system's, without its code", () => {
  const error = Object.assign(new Error("ESTRANGE: very strange, open '/a, b'"), {
    code: "ESTRANGE",
    syscall: "open",
  });
  expect(systemReason(error)).toBe("very strange");
  expect(systemReason(new Error("just so"))).toBe("just so");
  expect(systemReason("text")).toBe("text");
});
