import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);

test("each part of src knows only what it may know", { timeout: 120_000 }, async () => {
  const depcruise = "node_modules/dependency-cruiser/bin/dependency-cruise.mjs";
  const { stdout } = await run(
    process.execPath,
    [depcruise, "src", "--config", "test/layers.cjs", "--output-type", "json"],
    { maxBuffer: 1 << 28 },
  ).catch((error: { stdout: string }) => error);
  const { summary } = JSON.parse(stdout);
  const broken = summary.violations.map(
    (violation: { from: string; to: string; rule: { name: string } }) =>
      `${violation.from} -> ${violation.to}: ${violation.rule.name}`,
  );
  expect(broken).toEqual([]);
  expect(summary.totalCruised).toBeGreaterThan(50);
});
