import type { Cause, Finding, Group, Report } from "../model/report.ts";
import type { RuleId, Severity } from "../model/rule.ts";
import { printableLines } from "./printable.ts";
import { count, KIND_NAMES, list, severityRank, wrap } from "./words.ts";

/** What readers take in at once: a group with its findings, or the groupless findings of one rule. */
export interface Block {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** Null where findings share no more than their rule. */
  readonly cause: Cause | null;
  /** Worst first, else as the log has them: what comes first has often led to the rest. */
  readonly findings: readonly Finding[];
  readonly fix: readonly string[];
  /** The same, told apart: settings to paste, a line each, and what is said in words, a paragraph each. */
  readonly steps: readonly Step[];
}

/** One thing to do. */
export interface Step {
  readonly text: string;
  readonly isSetting: boolean;
}

/** The blocks of a report, worst first, else in the report's own order. */
export function blocksOf(report: Report): readonly Block[] {
  const loose = new Map(report.findings.map((finding) => [finding.fingerprint, finding]));
  const blocks: Block[] = [];
  for (const group of report.groups) {
    const findings: Finding[] = [];
    for (const fingerprint of group.findings) {
      const finding = loose.get(fingerprint);
      if (finding === undefined) continue;
      findings.push(finding);
      loose.delete(fingerprint);
    }
    if (findings.length === 0) continue;
    const ordered = inLogOrder(findings);
    blocks.push({
      ...group,
      ...(group.fix.length > 0 ? groupFix(group) : ruleFix(report, ordered[0]?.rule)),
      findings: ordered.toSorted(worstFirst),
    });
  }
  for (const [rule, findings] of byRule(loose.values()))
    blocks.push(ruleBlock(report, rule, findings));
  return blocks.sort(worstFirst);
}

/** `3 pkg-config files and 1 library`. */
export function kindsOf(findings: readonly Finding[]): string {
  const amounts = new Map<Finding["kind"], number>();
  for (const { kind } of findings) amounts.set(kind, (amounts.get(kind) ?? 0) + 1);
  return list([...amounts].map(([kind, amount]) => count(amount, ...KIND_NAMES[kind])));
}

/** Findings in the order of their log: what comes later is often a consequence of what came before. */
export function inLogOrder(findings: readonly Finding[]): readonly Finding[] {
  const lineOf = ({ evidence: [first] }: Finding) => first?.line ?? Number.MAX_SAFE_INTEGER;
  return findings.toSorted((a, b) => lineOf(a) - lineOf(b));
}

/** What a rule says to do: for findings whose cause has no settings of its own to paste. */
function ruleFix({ rules }: Report, id: RuleId | undefined): Pick<Block, "fix" | "steps"> {
  const rule = rules.find((each) => each.id === id);
  const words = rule === undefined ? [] : printableLines(rule.fix);
  return {
    fix: words.flatMap((line) => wrap(line, PROSE)),
    steps: words.length === 0 ? [] : [{ text: words.join(" "), isSetting: false }],
  };
}

function groupFix({ fix, words = [] }: Group): Pick<Block, "fix" | "steps"> {
  return { fix, steps: fix.map((text) => ({ text, isSetting: !words.includes(text) })) };
}

/** Columns of a rule's own words; a group's fix is to be pasted, and never wrapped. */
const PROSE = 100;

function byRule(findings: Iterable<Finding>): ReadonlyMap<RuleId, readonly Finding[]> {
  const rules = new Map<RuleId, Finding[]>();
  for (const finding of findings) {
    const others = rules.get(finding.rule);
    if (others === undefined) rules.set(finding.rule, [finding]);
    else others.push(finding);
  }
  return rules;
}

function ruleBlock(report: Report, id: RuleId, unordered: readonly Finding[]): Block {
  const rule = report.rules.find((each) => each.id === id);
  const findings = inLogOrder(unordered).toSorted(worstFirst);
  return {
    id,
    title: rule?.title ?? id,
    severity: findings[0]?.severity ?? "note",
    cause: null,
    findings,
    ...ruleFix(report, id),
  };
}

/** Sorts by severity, and leaves the rest as it is. */
export function worstFirst(a: { severity: Severity }, b: { severity: Severity }): number {
  return severityRank(a.severity) - severityRank(b.severity);
}
