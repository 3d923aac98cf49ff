import type { Finding, Report } from "../model/report.ts";
import type { RuleId } from "../model/rule.ts";
import { withFindings } from "./retain.ts";

/** A leak that is known and, for a reason, let through for now. */
export interface BaselineEntry {
  readonly fingerprint: string;
  readonly rule: RuleId;
  readonly path: string;
  readonly reason: string;
  /** Last day that it counts, `YYYY-MM-DD`. */
  readonly until?: string;
}

/** The known leaks of a project. */
export interface Baseline {
  readonly entries: readonly BaselineEntry[];
}

/**
 * The report without what the baseline knows: hidden findings are counted and kept aside in `suppressed`.
 * An entry past its date hides nothing; one that met no finding is named in `stale`, if the logs were read to their end.
 */
export function applyBaseline(report: Report, baseline: Baseline, today: string): Report {
  const met = new Set(report.findings.map((finding) => finding.fingerprint));
  const valid = new Set(
    baseline.entries.filter((entry) => !isExpired(entry, today)).map((entry) => entry.fingerprint),
  );
  const hidden = report.findings.filter((finding) => valid.has(finding.fingerprint));
  const shown = report.findings.filter((finding) => !valid.has(finding.fingerprint));
  const stale = baseline.entries.filter(
    (entry) => !report.incomplete && !met.has(entry.fingerprint),
  );
  return {
    ...withFindings(report, shown, hidden),
    stale: [...report.stale, ...stale.map(entryLine)],
  };
}

/** Entries that a finding of this report needs, and that hide it no more. */
export function expiredEntries(
  report: Report,
  baseline: Baseline,
  today: string,
): readonly BaselineEntry[] {
  const met = new Set(report.findings.map((finding) => finding.fingerprint));
  return baseline.entries.filter((entry) => isExpired(entry, today) && met.has(entry.fingerprint));
}

/**
 * The baseline that makes this report green: its entries, without the dates that have passed, and a new one
 * for each finding that had none. Old reasons stay.
 */
export function updatedBaseline(
  baseline: Baseline,
  findings: readonly Finding[],
  today: string,
): Baseline {
  const known = new Set(baseline.entries.map((entry) => entry.fingerprint));
  const met = new Set(findings.map((finding) => finding.fingerprint));
  const kept = baseline.entries.map((entry) => {
    if (!isExpired(entry, today) || !met.has(entry.fingerprint)) return entry;
    const { until: _, ...rest } = entry;
    return rest;
  });
  const added = findings
    .filter((finding) => !known.has(finding.fingerprint))
    .map(({ fingerprint, rule, path }) => ({ fingerprint, rule, path, reason: NEW_REASON }))
    .sort(byRuleAndPath);
  return { entries: [...kept, ...added] };
}

/** What stands in a new entry until somebody writes why the leak is let through. */
const NEW_REASON = "not looked into yet";

/** The baseline without the entries that met no finding. */
export function prunedBaseline(baseline: Baseline, findings: readonly Finding[]): Baseline {
  const met = new Set(findings.map((finding) => finding.fingerprint));
  return { entries: baseline.entries.filter((entry) => met.has(entry.fingerprint)) };
}

function isExpired({ until }: BaselineEntry, today: string): boolean {
  return until !== undefined && until < today;
}

function entryLine({ fingerprint, rule, path }: BaselineEntry): string {
  return `${fingerprint} ${rule} ${path}`;
}

function byRuleAndPath(a: BaselineEntry, b: BaselineEntry): number {
  return (
    compare(a.rule, b.rule) || compare(a.path, b.path) || compare(a.fingerprint, b.fingerprint)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
