import { expect, test } from "vitest";
import type { Paint } from "../../src/report/paint.ts";
import { PLAIN } from "../../src/report/reporter.ts";
import { summaryLines } from "../../src/report/text/summary.ts";
import { text } from "../../src/report/text.ts";
import { cleanReport, customerReport, finding, report } from "./report.fixture.ts";

test("the customer's case fits one screen, cause first and fix to paste", () => {
  const shown = [...text(customerReport)].join("");
  expect(shown).toMatchSnapshot();
  expect(shown.split("\n").length).toBeLessThanOrEqual(40);
});

test("a report with every kind of group and finding is drawn block by block", () => {
  expect([...text(report)].join("")).toMatchSnapshot();
});

test("--verbose unfolds every list", () => {
  const shown = [...text(report, { ...PLAIN, verbose: true })].join("");
  expect(shown).toMatchSnapshot();
  for (const { path } of report.findings) expect(shown).toContain(path);
});

test("a clean report says so in its last line", () => {
  expect([...text(cleanReport)].join("")).toMatchSnapshot();
});

test("every path stands whole on one line, however long", () => {
  const path = `/usr/include/${"deep/".repeat(300)}x.h`;
  const lines = [...text({ ...cleanReport, findings: [finding("x", { path })] })];
  expect(lines.some((line) => line.includes(path))).toBe(true);
});

test("colours come from the paint and from nothing else", () => {
  const named = (name: string) => (shown: string) => `<${name}>${shown}</${name}>`;
  const paint = Object.fromEntries(
    ["error", "warning", "note", "good", "strong", "faint"].map((name) => [name, named(name)]),
  ) as unknown as Paint;
  const shown = [...text(customerReport, { ...PLAIN, paint })].join("");
  expect(shown).toContain("<error>error:</error>");
  expect(shown.replaceAll(/<\/?(?:error|warning|note|good|strong|faint)>/g, "")).toBe(
    [...text(customerReport)].join(""),
  );
});

test("five thousand findings of one cause stay one block", () => {
  const findings = Array.from({ length: 5000 }, (_, at) =>
    finding(`f${at}`, { path: `/usr/include/${at}.h`, group: "g1" }),
  );
  const [group] = customerReport.groups;
  if (group === undefined) throw new Error("the fixture lost its group");
  const many = {
    ...customerReport,
    findings,
    groups: [{ ...group, findings: findings.map((each) => each.fingerprint) }],
  };
  expect([...text(many)].length).toBeLessThan(40);
});

test("no other trace is asked for where the doubt is none of the trace", () => {
  const [trace] = report.traces;
  if (trace === undefined) throw new Error("the fixture lost its trace");
  const doubt = { what: "target", count: 1, text: "Nothing tells the target: give --target." };
  const shown = (lacks: typeof trace.lacks) =>
    [...text({ ...cleanReport, traces: [{ ...trace, lacks }], undecided: [doubt] })].join("");
  expect(shown(["content"])).not.toContain("A trace made like this");
  expect(shown(["execve"])).toContain("A trace made like this");
});

test("warnings alone are not called clean", () => {
  const findings = [finding("x", { severity: "warning" })];
  const summary = { ...cleanReport.summary, warning: 1 };
  const lines = [...text({ ...cleanReport, findings, summary })];
  expect(lines.at(-1)).toBe("no errors: 1 warning\n");
});

test("a mark of a program that is not drawn says whose it is once", () => {
  const [group] = report.groups;
  if (group === undefined) throw new Error("the fixture lost its group");
  const at = { pid: 1, program: "/usr/bin/gcc", line: 53 };
  const shown = (kind: "host-program" | "stray-flag", flag: string) => {
    const cause = { kind, variables: [], flags: [{ flag, at }] };
    const groups = [{ ...group, cause, findings: ["x"] }];
    return [...text({ ...cleanReport, groups, findings: [finding("x", {})] })].join("");
  };
  expect(shown("host-program", "/usr/bin/gcc")).toContain("  /usr/bin/gcc ran at line 53\n");
  expect(shown("stray-flag", "-I/x")).toContain("  -I/x first given at line 53, by gcc\n");
});

test("notes of a log that decides nothing are drawn, since they may be leaks", () => {
  const findings = [finding("x", { severity: "note", side: "unknown", path: "/usr/lib/libz.so" })];
  const shown = (verdict: "undecided" | "clean") =>
    [...text({ ...cleanReport, verdict, findings })].join("");
  expect(shown("undecided")).toContain("Actual    /usr/lib/libz.so");
  expect(shown("undecided")).not.toContain("no leaks");
  expect(shown("clean")).toContain("1 fact worth knowing, no leaks");
});

test("a symlink that the title names is not said again below it", () => {
  const [group] = report.groups;
  if (group === undefined) throw new Error("the fixture lost its group");
  const flag = "/s/usr/include/z.h -> /usr/include/z.h";
  const cause = { kind: "symlink" as const, variables: [], flags: [{ flag, at: null }] };
  const shown = (title: string) => {
    const groups = [{ ...group, title, cause, findings: ["x"], fix: ["Replace it"] }];
    return [...text({ ...cleanReport, groups, findings: [finding("x", {})] })].join("");
  };
  expect(shown(`The symlink ${flag} leads to the build host`).split(flag)).toHaveLength(2);
  expect(shown("2 symlinks lead to the build host")).toContain(`  ${flag}\n`);
});

test.each([
  { verbose: false, added: ["/b"], lines: ["toolchain  /a and 1 more (inferred)"] },
  { verbose: false, added: ["/b", "/c"], lines: ["toolchain  /a and 2 more (inferred)"] },
  { verbose: false, given: ["/c"], added: ["/b"], lines: ["toolchain  /a and 2 more, 1 inferred"] },
  { verbose: true, added: ["/b"], lines: ["toolchain  /a", "           /b (inferred)"] },
])("a toolchain that the log added to those given is told from them", async (expected) => {
  const { added, given = [], verbose, lines } = expected;
  const toolchains = ["/a", ...added, ...given].sort();
  const build = { ...report.build, toolchains, inferred: ["toolchains"], added };
  const text = [...summaryLines({ ...report, build }, { ...PLAIN, verbose })].join("\n");
  expect(text).toContain(`${lines.join("\n")}\n`);
});
