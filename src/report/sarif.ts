import type { Finding, Report } from "../model/report.ts";
import { jsonText, printable } from "./printable.ts";
import { PLAIN, type Reporter } from "./reporter.ts";
import { resultOf } from "./sarif/result.ts";
import { ruleOf } from "./sarif/rule.ts";
import { count, severityRank } from "./words.ts";

/**
 * GitHub refuses a run of more than 25,000 results and keeps the 5,000 worst, so no more are written
 * (docs.github.com, "SARIF support for code scanning").
 */
const MOST_RESULTS = 5_000;
/** The upload's limit holds for the gzipped file; text that is no larger unpacked can't exceed it packed. */
const MOST_BYTES = 10_000_000;

/** SARIF 2.1.0, within GitHub's limits. Alerts are matched by our own fingerprints, not by their place. */
export const sarif: Reporter = function* sarif(report, { root } = PLAIN) {
  const worstFirst = report.findings.toSorted(
    (a, b) => severityRank(a.severity) - severityRank(b.severity),
  );
  const known = new Set(report.suppressed);
  const findings = [...worstFirst, ...known];
  const rules = new Map(report.rules.map((rule, at) => [rule.id, at]));
  const groups = new Map(report.groups.map((group) => [group.id, group]));
  const head = jsonText({
    tool: {
      driver: { ...driver(report), rules: report.rules.map((rule) => ruleOf(rule, report)) },
    },
    automationDetails: { id: `hostbleed/${printable(report.build.target ?? "unknown-target")}/` },
    columnKind: "unicodeCodePoints",
  });
  yield `{\n"$schema": "https://json.schemastore.org/sarif-2.1.0.json",\n"version": "2.1.0",\n"runs": [${head.slice(0, -1)},\n"results": [`;
  let bytes = head.length;
  let written = 0;
  for (const finding of findings.slice(0, MOST_RESULTS)) {
    const group = groups.get(finding.group ?? "");
    const text = `${written === 0 ? "" : ","}\n${jsonText(resultOf(finding, { group, rules, root, known: known.has(finding) }))}`;
    bytes += Buffer.byteLength(text);
    if (bytes > MOST_BYTES) break;
    written++;
    yield text;
  }
  yield `\n],\n"invocations": [${jsonText(invocation(report, findings.slice(written)))}]\n}]\n}\n`;
};

function driver({ tool }: Report): object {
  return { name: tool.name, version: tool.version, semanticVersion: tool.version };
}

function invocation(report: Report, leftOut: readonly Finding[]): object {
  const notices = report.undecided.map(({ what, text }) => notice(what, "note", text));
  for (const { source, damage } of report.traces)
    if (damage !== undefined) notices.push(notice("damage", "warning", `${source}: ${damage}`));
  if (report.incomplete) notices.push(notice("incomplete", "warning", "the input ended early"));
  if (leftOut.length > 0)
    notices.push(
      notice(
        "limit",
        "warning",
        `${count(leftOut.length, "milder finding")} left out: SARIF uploads are limited, the JSON report has all`,
      ),
    );
  return { executionSuccessful: !report.incomplete, toolExecutionNotifications: notices };
}

function notice(id: string, level: "note" | "warning", text: string): object {
  return { descriptor: { id: printable(id) }, level, message: { text: printable(text) } };
}
