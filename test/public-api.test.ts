import { expect, test } from "vitest";
import * as hostbleed from "../src/index.ts";
import * as strace from "../src/strace.ts";

test("the names that programs may import are these, and a change of them is meant", () => {
  expect(Object.keys(hostbleed).sort()).toEqual([
    "HostbleedError",
    "builtInPacks",
    "compile",
    "inspect",
    "inspectSources",
    "loadRulePacks",
    "render",
    "reporterNames",
    "testRulePack",
  ]);
  expect(Object.keys(strace).sort()).toEqual(["SIGNATURES", "StraceParser", "parseStrace"]);
});

test("a trace goes in and a report comes out, in each format", async () => {
  const report = await hostbleed.inspect(["samples/lost-variable/build.strace.gz"]);
  expect(report.verdict).toBe("leaks");
  for (const name of hostbleed.reporterNames) {
    expect([...(await hostbleed.render(report, name))].join("").length, name).toBeGreaterThan(10);
  }
});

test("an unknown format is refused by name", async () => {
  const report = await hostbleed.inspect(["samples/pasted-log/build.strace"], {
    sysroots: ["/sysroot"],
  });
  await expect(hostbleed.render(report, "xls" as "json")).rejects.toThrow("unknown format xls");
});
