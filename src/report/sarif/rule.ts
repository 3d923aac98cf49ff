import type { Report, RuleDescription } from "../../model/report.ts";
import type { Severity } from "../../model/rule.ts";
import { printable, printableLines } from "../printable.ts";
import { severityRank } from "../words.ts";

/** A rule as a SARIF reportingDescriptor: why as its description, fix as its help. */
export function ruleOf(rule: RuleDescription, report: Report): object {
  const [why, fix] = [paragraph(rule.why), paragraph(rule.fix)];
  const level = worstOf(rule, report);
  const id = printable(rule.id);
  const help = rule.see.map((link) => `- <${printable(link)}>`).join("\n");
  const [link] = rule.see;
  return {
    id,
    shortDescription: { text: printable(rule.title) },
    fullDescription: { text: why },
    help: { text: fix, markdown: help === "" ? fix : `${fix}\n\n${help}` },
    ...(link === undefined ? {} : helpUri(link)),
    defaultConfiguration: { level },
    properties: {
      tags: ["cross-compilation", id.slice(0, id.indexOf("/"))],
      precision: "high",
      "problem.severity": level === "note" ? "recommendation" : level,
    },
  };
}

function worstOf(rule: RuleDescription, report: Report): Severity {
  const severities = report.findings
    .filter((finding) => finding.rule === rule.id)
    .map((finding) => finding.severity);
  return severities.sort((a, b) => severityRank(a) - severityRank(b))[0] ?? "warning";
}

function paragraph(text: string): string {
  return printableLines(text).join("\n");
}

/** Links come from rule packs; a URI that is none would make the whole file invalid. */
function helpUri(link: string): { helpUri?: string } {
  if (!/^https?:/.test(link) || !URL.canParse(link)) return {};
  return { helpUri: new URL(link).href };
}
