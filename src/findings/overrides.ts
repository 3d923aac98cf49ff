import type { Finding, Report } from "../model/report.ts";
import type { RuleId, Severity } from "../model/rule.ts";
import { withFindings } from "./retain.ts";

/** Rules that a project judges otherwise than their pack, each with its reason. */
export type Overrides = ReadonlyMap<
  RuleId,
  { readonly level: Severity | "off"; readonly reason: string }
>;

/** The report with a project's own severities. What is switched off counts as suppressed. */
export function applyOverrides(report: Report, overrides: Overrides): Report {
  if (overrides.size === 0) return report;
  const findings: Finding[] = [];
  const off: Finding[] = [];
  for (const finding of report.findings) {
    const level = overrides.get(finding.rule)?.level ?? finding.severity;
    if (level === "off") off.push(finding);
    else findings.push({ ...finding, severity: level });
  }
  return withFindings(report, findings, off);
}
