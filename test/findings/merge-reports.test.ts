import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mergeReports } from "../../src/findings/merge.ts";
import type { Finding, Group, Report } from "../../src/model/report.ts";
import { SEVERITIES } from "../../src/model/rule.ts";
import { cleanReport, finding, report } from "../report/report.fixture.ts";

const word = fc.constantFrom("a", "b", "c", "d");
const severity = fc.constantFrom(...SEVERITIES);
const evidence = fc.record({ trace: word, line: fc.nat(9), text: word });

const anyFinding: fc.Arbitrary<Finding> = fc
  .record({
    fingerprint: word,
    severity,
    rule: word,
    path: word,
    count: fc.nat(9),
    evidence: fc.array(evidence, { maxLength: 5 }),
    taints: fc.array(word),
    group: fc.option(word),
  })
  .map(({ fingerprint, ...parts }) => finding(fingerprint, parts));

const anyGroup: fc.Arbitrary<Group> = fc.record({
  id: word,
  title: word,
  cause: fc.constant({ kind: "unknown", variables: [], flags: [] }),
  severity,
  findings: fc.array(word),
  fix: fc.array(word),
});

const anyReport: fc.Arbitrary<Report> = fc
  .record({
    findings: fc.uniqueArray(anyFinding, { selector: (each) => each.fingerprint }),
    groups: fc.uniqueArray(anyGroup, { selector: (each) => each.id }),
    undecided: fc.uniqueArray(fc.record({ what: word, count: fc.nat(9), text: word }), {
      selector: ({ what, text }) => what + text,
    }),
    stale: fc.uniqueArray(word),
    allowed: fc.option(fc.uniqueArray(anyFinding, { selector: (each) => each.fingerprint })),
    target: fc.option(word),
    sysroots: fc.array(word),
    incomplete: fc.boolean(),
  })
  .map(({ target, sysroots, allowed, ...parts }) => ({
    ...cleanReport,
    ...parts,
    ...(allowed === null ? {} : { allowed }),
    build: { ...cleanReport.build, target, sysroots },
  }));

describe("merging reports", () => {
  test("gives the same in any order", async () => {
    await fc.assert(
      fc.property(anyReport, anyReport, (a, b) => {
        expect(mergeReports(a, b)).toEqual(mergeReports(b, a));
      }),
    );
  });

  test("gives the same however it is bracketed", async () => {
    await fc.assert(
      fc.property(anyReport, anyReport, anyReport, (a, b, c) => {
        expect(mergeReports(mergeReports(a, b), c)).toEqual(mergeReports(a, mergeReports(b, c)));
      }),
    );
  });

  test("keeps every finding, and adds up how often it was met", () => {
    const merged = mergeReports(report, report);
    expect(merged.findings).toHaveLength(report.findings.length);
    expect(merged.findings.find(({ fingerprint }) => fingerprint === "a1")?.count).toBe(6);
    expect(merged.summary).toEqual({ ...report.summary, suppressed: 4 });
  });

  test("calls an entry of the baseline stale only where no run needed it", () => {
    expect(mergeReports(report, cleanReport).stale).toEqual([]);
    expect(mergeReports(report, report).stale).toEqual(report.stale);
  });

  test("names the targets of all runs", () => {
    const arm = { ...cleanReport, build: { ...cleanReport.build, target: "arm" } };
    const none = { ...cleanReport, build: { ...cleanReport.build, target: null } };
    expect(mergeReports(mergeReports(cleanReport, arm), none).build.target).toBe(
      "aarch64-unknown-linux-gnu, arm",
    );
  });
});
