import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FORMATS } from "../../src/fix/formats/index.ts";
import { cleanReport, report } from "../report/report.fixture.ts";
import { hostbleed, scratchFolder } from "./harness.ts";

function folderWith(content: string): string {
  const cwd = scratchFolder();
  writeFileSync(join(cwd, "report.json"), content);
  return cwd;
}

test.for(Object.keys(FORMATS))("prints what the report calls for as %s", async (format) => {
  const cwd = folderWith(JSON.stringify(report));
  const ended = await hostbleed(["fix", "report.json", "--format", format], { cwd });
  expect([ended.code, ended.stderr]).toEqual([0, ""]);
  expect(ended.stdout).toMatchSnapshot();
});

test("prints variables when no format is given, and reads stdin", async () => {
  const { code, stdout } = await hostbleed(["fix", "-"], { stdin: JSON.stringify(report) });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^PKG_CONFIG_SYSROOT_DIR=\//m);
});

test("says so when a report calls for nothing", async () => {
  const { code, stdout } = await hostbleed(["fix", "-"], { stdin: JSON.stringify(cleanReport) });
  expect([code, stdout]).toEqual([0, expect.stringContaining("calls for nothing")]);
});

test.for([
  ["a format that there is not", ["fix", "report.json", "--format", "toml"], "{}"],
  ["a file that is no report", ["fix", "report.json"], '{"schema":"other"}'],
  ["a file that is no JSON", ["fix", "report.json"], "CMakeLists"],
  ["a report that is not there", ["fix", "none.json"], "{}"],
  ["no report", ["fix"], "{}"],
  ["two reports", ["fix", "report.json", "report.json"], JSON.stringify(cleanReport)],
] as const)("prints nothing for %s", async ([, argv, content]) => {
  const ended = await hostbleed(argv, { cwd: folderWith(content) });
  expect(ended.stdout).toBe("");
  expect(ended.code).toBeGreaterThanOrEqual(2);
  expect(ended.stderr).not.toMatch(/ {4}at /);
});
