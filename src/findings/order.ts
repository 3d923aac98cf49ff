import type { Finding } from "../model/report.ts";
import { SEVERITIES } from "../model/rule.ts";

/** The order of findings in every report: the worst first, then by rule, path and program, never by line or pid. */
export function byImportance(a: Finding, b: Finding): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compare(a.rule, b.rule) ||
    compare(a.path, b.path) ||
    compare(a.process.program, b.process.program) ||
    compare(a.fingerprint, b.fingerprint)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
