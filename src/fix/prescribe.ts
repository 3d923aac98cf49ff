import type { Finding, Report } from "../model/report.ts";
import { remediesFor } from "./remedies/index.ts";
import type { Prescription, Remedy, Site } from "./remedy.ts";
import { siteOf } from "./site.ts";

/** What closes the causes of a report, each remedy once, in the order of the groups; and where it applies. */
export function prescribe(report: Pick<Report, "build" | "findings" | "groups" | "rules">): {
  readonly prescriptions: readonly Prescription[];
  readonly site: Site;
} {
  const site = siteOf(report);
  const byText = new Map<string, { remedy: Remedy; causes: Set<string>; closes: Set<Finding> }>();
  for (const group of report.groups) {
    const findings = report.findings.filter((finding) => finding.group === group.id);
    for (const remedy of remediesFor(group, findings, report, site)) {
      const text = JSON.stringify(remedy);
      const known = byText.get(text) ?? { remedy, causes: new Set(), closes: new Set() };
      byText.set(text, known);
      known.causes.add(group.title);
      for (const finding of findings) known.closes.add(finding);
    }
  }
  const prescriptions = [...byText.values()].map(({ remedy, causes, closes }) => ({
    remedy,
    causes: [...causes],
    closes: [...closes],
  }));
  return { prescriptions, site };
}
