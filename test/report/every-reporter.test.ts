import { describe, expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { REPORTER_NAMES, REPORTERS } from "../../src/report/index.ts";
import { HOSTILE_NAMES } from "../hostile/names.ts";
import { hostileReport } from "../hostile/report.ts";
import { report } from "./report.fixture.ts";

describe.each(REPORTER_NAMES)("%s", (name) => {
  test("gives the same bytes twice", async () => {
    const render = await REPORTERS[name].load();
    expect([...render(report)].join("")).toBe([...render(structuredClone(report))].join(""));
  });
});

test("JSON keeps a hostile name as it is, behind JSON's own escapes", async () => {
  const render = await REPORTERS.json.load();
  for (const hostile of HOSTILE_NAMES) {
    const read = JSON.parse([...render(hostileReport(hostile))].join("")) as Report;
    expect(read.findings[0]?.path).toBe(`/usr/${hostile}`);
  }
});
