import type { Finding, Group, Report } from "../model/report.ts";
import { SEVERITIES, type Severity } from "../model/rule.ts";

/** The report with other findings, and with everything that follows from them: groups, rules, summary, verdict. */
export function withFindings(
  report: Report,
  findings: readonly Finding[],
  suppressed: readonly Finding[],
): Report {
  const kept = new Map(findings.map((finding) => [finding.fingerprint, finding]));
  const groups = report.groups.flatMap((group) => trimmed(group, kept));
  const rules = new Set(findings.map((finding) => finding.rule));
  const amount = (severity: Severity) =>
    findings.filter((finding) => finding.severity === severity).length;
  const summary = {
    error: amount("error"),
    warning: amount("warning"),
    note: amount("note"),
    suppressed: report.summary.suppressed + suppressed.length,
    groups: groups.length,
  };
  return {
    ...report,
    verdict: verdictOf(summary.error, report.undecided.length),
    summary,
    groups,
    findings,
    rules: report.rules.filter((rule) => rules.has(rule.id)),
    suppressed: [...(report.suppressed ?? []), ...suppressed],
  };
}

/** What a report says in one word. */
export function verdictOf(errors: number, undecided: number): Report["verdict"] {
  if (errors > 0) return "leaks";
  return undecided > 0 ? "undecided" : "clean";
}

function trimmed(group: Group, kept: ReadonlyMap<string, Finding>): readonly Group[] {
  const findings = group.findings.flatMap((fingerprint) => kept.get(fingerprint) ?? []);
  if (findings.length === 0) return [];
  const severity = worst(findings.map((finding) => finding.severity));
  return [{ ...group, severity, findings: findings.map((finding) => finding.fingerprint) }];
}

/** The gravest of some severities. */
export function worst(severities: readonly Severity[]): Severity {
  return SEVERITIES.find((severity) => severities.includes(severity)) ?? "note";
}
