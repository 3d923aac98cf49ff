import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { cleanReport, finding } from "../report/report.fixture.ts";
import { always, type Ended, hostbleed, scratchFolder } from "./harness.ts";

const FILE = "hostbleed-baseline.yaml";

function withLeaks(...fingerprints: readonly string[]): Report {
  const findings = fingerprints.map((fingerprint) =>
    finding(fingerprint, { path: `/usr/include/${fingerprint}.h` }),
  );
  const summary = { ...cleanReport.summary, error: findings.length };
  return { ...cleanReport, verdict: findings.length > 0 ? "leaks" : "clean", findings, summary };
}

function check(
  cwd: string,
  answer: Report,
  argv: readonly string[] = [],
  today = "2026-11-22",
): Promise<Ended> {
  return hostbleed(["check", "--format", "json", ...argv, "x"], {
    cwd,
    inspect: always(answer),
    today,
  });
}

function parsed({ stdout }: Ended): Report {
  return JSON.parse(stdout) as Report;
}

describe("--update-baseline", () => {
  test("writes every leak with a reason to fill in, and the same run is green", async () => {
    const cwd = scratchFolder();
    const ended = await check(cwd, withLeaks("b", "a"), ["--update-baseline"]);
    expect(ended.code).toBe(0);
    expect(parsed(ended)).toMatchObject({
      verdict: "clean",
      findings: [],
      summary: { suppressed: 2 },
    });
    expect(readFileSync(join(cwd, FILE), "utf8")).toMatchSnapshot();
    expect((await check(cwd, withLeaks("a", "b"))).code).toBe(0);
    expect((await check(cwd, withLeaks("a", "b", "c"))).code).toBe(1);
  });

  test("keeps comments, reasons and dates of the entries that were there", async () => {
    const cwd = scratchFolder();
    const before = `# ours
findings:
  # agreed with the platform team
  - fingerprint: a
    rule: c-toolchain/host-header
    path: /usr/include/a.h
    reason: vendor SDK, ticket 12
    until: 2027-01-01 # ask again then
`;
    writeFileSync(join(cwd, FILE), before);
    await check(cwd, withLeaks("a", "b"), ["--update-baseline"]);
    const after = readFileSync(join(cwd, FILE), "utf8");
    expect(after.startsWith(before)).toBe(true);
    expect(after).toContain("fingerprint: b");
  });

  test("keeps both entries of a leak that two branches let through", async () => {
    const cwd = scratchFolder();
    const both = ["one", "other"]
      .map((why) => `  - {fingerprint: a, rule: r, path: p, reason: ${why}}\n`)
      .join("");
    writeFileSync(join(cwd, FILE), `findings:\n${both}`);
    await check(cwd, withLeaks("a", "b"), ["--update-baseline"]);
    expect(readFileSync(join(cwd, FILE), "utf8")).toMatch(/one[\s\S]*other/);
  });

  test("run twice, it writes the same bytes", async () => {
    const cwd = scratchFolder();
    await check(cwd, withLeaks("a", "b"), ["--update-baseline"]);
    const once = readFileSync(join(cwd, FILE), "utf8");
    await check(cwd, withLeaks("b", "a"), ["--update-baseline"]);
    expect(readFileSync(join(cwd, FILE), "utf8")).toBe(once);
  });

  test("accepts an expired leak anew, without its date", async () => {
    const cwd = scratchFolder();
    await check(cwd, withLeaks("a"), ["--update-baseline"]);
    const text = readFileSync(join(cwd, FILE), "utf8");
    writeFileSync(join(cwd, FILE), `${text}    until: 2026-01-01\n`);
    expect((await check(cwd, withLeaks("a"))).code).toBe(1);
    expect((await check(cwd, withLeaks("a"), ["--update-baseline"])).code).toBe(0);
    expect(readFileSync(join(cwd, FILE), "utf8")).toBe(text);
  });

  test("leaves notes out, which fail nothing, unless notes shall fail", async () => {
    const cwd = scratchFolder();
    const notes = { ...cleanReport, findings: [finding("n", { severity: "note" })] };
    await check(cwd, notes, ["--update-baseline"]);
    expect(readFileSync(join(cwd, FILE), "utf8")).not.toContain("fingerprint: n");
    await check(cwd, notes, ["--update-baseline", "--fail-on", "note"]);
    expect(readFileSync(join(cwd, FILE), "utf8")).toContain("fingerprint: n");
  });

  test("takes the thousands of leaks that a first run may find", async () => {
    const cwd = scratchFolder();
    const many = withLeaks(...Array.from({ length: 5000 }, (_, at) => `f${at}`));
    expect((await check(cwd, many, ["--update-baseline"])).code).toBe(0);
    expect((await check(cwd, many)).code).toBe(0);
  });

  test("writes where --baseline says", async () => {
    const cwd = scratchFolder();
    await check(cwd, withLeaks("a"), ["--baseline", "known.yaml", "--update-baseline"]);
    expect([existsSync(join(cwd, FILE)), existsSync(join(cwd, "known.yaml"))]).toEqual([
      false,
      true,
    ]);
  });

  test("a baseline that cannot be written ends with 3", async () => {
    const ended = await check(scratchFolder(), withLeaks("a"), [
      "--baseline",
      "no/such/b.yaml",
      "--update-baseline",
    ]);
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain("no/such/b.yaml");
  });
});

describe("an entry's date", () => {
  test.each([
    ["2026-11-21", 0],
    ["2026-11-22", 0],
    ["2026-11-23", 1],
  ])("on %s, with until: 2026-11-22, the run ends with %i", async (today, code) => {
    const cwd = scratchFolder();
    await check(cwd, withLeaks("a"), ["--update-baseline"]);
    writeFileSync(
      join(cwd, FILE),
      `${readFileSync(join(cwd, FILE), "utf8")}    until: 2026-11-22\n`,
    );
    const ended = await check(cwd, withLeaks("a"), [], today);
    expect(ended.code).toBe(code);
    expect(ended.stderr).toBe(
      code === 0 ? "" : "hostbleed: warning: 1 baseline entry expired and counts again\n",
    );
  });
});

describe("an entry that nothing needs", () => {
  test("is neither stale nor dropped where the log was not read to its end", async () => {
    const cwd = scratchFolder();
    await check(cwd, withLeaks("a", "b"), ["--update-baseline"]);
    const cut = { ...withLeaks("a"), incomplete: true };
    const ended = await check(cwd, cut, ["--prune-baseline"]);
    expect(parsed(ended).stale).toEqual([]);
    expect(ended.stderr).toContain("no entry was dropped from the baseline");
    expect((await check(cwd, withLeaks("a", "b"))).code).toBe(0);
  });

  test("is named as stale, and --prune-baseline drops it", async () => {
    const cwd = scratchFolder();
    await check(cwd, withLeaks("a", "b"), ["--update-baseline"]);
    const stale = await check(cwd, withLeaks("a"));
    expect(parsed(stale).stale).toEqual(["b c-toolchain/host-header /usr/include/b.h"]);
    const pruned = await check(cwd, withLeaks("a"), ["--prune-baseline"]);
    expect(parsed(pruned).stale).toEqual([]);
    expect(readFileSync(join(cwd, FILE), "utf8")).not.toContain("fingerprint: b");
    expect((await check(cwd, withLeaks("a", "b"))).code).toBe(1);
  });
});

test("--show suppressed lists what the baseline hides; without it the list is not there", async () => {
  const cwd = scratchFolder();
  await check(cwd, withLeaks("a"), ["--update-baseline"]);
  expect(parsed(await check(cwd, withLeaks("a"))).suppressed).toBeUndefined();
  const shown = parsed(await check(cwd, withLeaks("a"), ["--show", "suppressed"]));
  expect(shown.suppressed).toMatchObject([{ fingerprint: "a" }]);
});

test("a group shrinks with its findings, takes their worst severity, and goes when none is left", async () => {
  const cwd = scratchFolder();
  const findings = [
    finding("a", { group: "g" }),
    finding("b", { group: "g", severity: "warning", rule: "pack/other" }),
  ];
  const group = {
    id: "g",
    title: "t",
    cause: { kind: "unknown" as const, variables: [], flags: [] },
    severity: "error" as const,
    findings: ["a", "b"],
    fix: [],
  };
  await check(cwd, withLeaks("a"), ["--update-baseline"]);
  const report = { ...cleanReport, findings, groups: [group] };
  expect(parsed(await check(cwd, report))).toMatchObject({
    groups: [{ severity: "warning", findings: ["b"] }],
    summary: { error: 0, warning: 1, suppressed: 1, groups: 1 },
  });
  expect(parsed(await check(cwd, report, ["--update-baseline"])).groups).toEqual([]);
});

describe("a wrong baseline ends with 2, and names file, line and column", () => {
  test.each([
    [
      "findings:\n  - fingerprint: a\n",
      "hostbleed-baseline.yaml:2:5: findings.0.rule: missing, expected text",
    ],
    [
      "findings:\n  - {fingerprint: a, rule: r, path: p, reason: x, until: soon}\n",
      ":2:58: findings.0.until: expected a date",
    ],
    ["findings:\n  - {fingerprint: a, rule: r, path: p, reason: ''}\n", "findings.0.reason"],
    ["finding: []\n", ":1:1: finding: no such key"],
    ["findings: [\n", ":2:1: expected YAML"],
    ["[]", "expected a mapping"],
    ["format: 2\n", "format: expected 1"],
    [Buffer.from([0xff, 0xfe]), "expected UTF-8"],
  ])("%j", async (text, expected) => {
    const cwd = scratchFolder();
    writeFileSync(join(cwd, FILE), text);
    const ended = await check(cwd, withLeaks());
    expect(ended.stderr).toContain(expected);
    expect([ended.code, ended.stdout]).toEqual([2, ""]);
  });

  test.each(["", "# nothing yet\n", `${"\n".repeat(5000)}# x`])(
    "an empty one is no mistake: %j",
    async (text) => {
      const cwd = scratchFolder();
      writeFileSync(join(cwd, FILE), text);
      expect((await check(cwd, withLeaks("a"))).code).toBe(1);
    },
  );
});
