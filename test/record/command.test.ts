import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { requireCommand } from "../../src/record/command.ts";
import { scratchFolder } from "../commands/harness.ts";

test("what lies in PATH and is no folder hides no command", () => {
  const cwd = scratchFolder();
  writeFileSync(join(cwd, "file"), "");
  symlinkSync("loop", join(cwd, "loop"));
  mkdirSync(join(cwd, "bin"));
  writeFileSync(join(cwd, "bin/make"), "#!/bin/sh\n", { mode: 0o755 });
  const path = [join(cwd, "file"), join(cwd, "loop"), "/proc/1/cwd", join(cwd, "bin")].join(":");
  expect(() => requireCommand("make", { cwd, path })).not.toThrow();
  expect(() => requireCommand("cc", { cwd, path })).toThrow(/^cc$/);
  expect(() => requireCommand("./loop", { cwd, path })).toThrow(/^\.\/loop$/);
  expect(() => requireCommand("./bin", { cwd, path })).toThrow(/bin is no regular file/);
});
