import type { Severity } from "../model/rule.ts";
import { locationOf } from "./location.ts";
import { jsonText, printable } from "./printable.ts";
import { PLAIN, type Reporter } from "./reporter.ts";
import { sentence } from "./sentence.ts";

/** GitLab's Code Quality list; it hides an entry without severity, and all but the first of one fingerprint. */
export const gitlab: Reporter = function* gitlab(report, { root } = PLAIN) {
  const seen = new Set<string>();
  const titles = new Map(report.groups.map((group) => [group.id, printable(group.title)]));
  let separator = "";
  yield "[";
  for (const finding of report.findings) {
    if (seen.has(finding.fingerprint)) continue;
    seen.add(finding.fingerprint);
    const { file, line } = locationOf(finding, root);
    const cause = titles.get(finding.group ?? "");
    yield `${separator}\n  ${jsonText({
      description: cause === undefined ? sentence(finding) : `${cause}: ${sentence(finding)}`,
      check_name: printable(finding.rule),
      fingerprint: finding.fingerprint,
      severity: GITLAB_SEVERITY[finding.severity],
      location: { path: printable(file), lines: { begin: line } },
    })}`;
    separator = ",";
  }
  yield "\n]\n";
};

const GITLAB_SEVERITY: Readonly<Record<Severity, string>> = {
  error: "critical",
  warning: "minor",
  note: "info",
};
