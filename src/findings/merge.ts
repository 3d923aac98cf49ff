import type {
  BuildDescription,
  Finding,
  Group,
  Report,
  RuleDescription,
  Undecided,
} from "../model/report.ts";
import { byImportance } from "./order.ts";
import { verdictOf, worst } from "./retain.ts";

const MOST_EVIDENCE = 5;

/**
 * Two reports as one. Associative, and the order does not matter: any engine may reduce the reports of a farm
 * as it likes. Where two say different things of one finding, a fixed order chooses, not who came first.
 */
export function mergeReports(a: Report, b: Report): Report {
  const findings = mergeFindings(a.findings, b.findings);
  const groups = mergeBy(a.groups, b.groups, (group) => group.id, mergeGroup).sort(byWorst);
  const undecided = mergeBy(
    a.undecided,
    b.undecided,
    ({ what, text }) => `${what}\0${text}`,
    addUp,
  );
  const amount = (severity: Finding["severity"]) =>
    findings.filter((finding) => finding.severity === severity).length;
  const error = amount("error");
  return {
    schema: "hostbleed-report/1",
    tool: { name: "hostbleed", version: greater(a.tool.version, b.tool.version) },
    verdict: verdictOf(error, undecided.length),
    build: mergeBuild(a.build, b.build),
    traces: [...a.traces, ...b.traces].sort(byText),
    summary: {
      error,
      warning: amount("warning"),
      note: amount("note"),
      suppressed: a.summary.suppressed + b.summary.suppressed,
      groups: groups.length,
    },
    groups,
    findings,
    rules: mergeBy(a.rules, b.rules, (rule) => rule.id, lesser<RuleDescription>),
    undecided,
    // An entry that one of the runs needed is not stale.
    stale: a.stale.filter((entry) => b.stale.includes(entry)).sort(),
    ...optional("allowed", a, b),
    ...optional("suppressed", a, b),
    incomplete: a.incomplete || b.incomplete,
    ...(a.redacted && b.redacted ? { redacted: true } : {}),
  };
}

function optional<Key extends "allowed" | "suppressed">(
  key: Key,
  a: Report,
  b: Report,
): Partial<Report> {
  if (a[key] === undefined && b[key] === undefined) return {};
  return { [key]: mergeFindings(a[key] ?? [], b[key] ?? []) };
}

function mergeFindings(a: readonly Finding[], b: readonly Finding[]): readonly Finding[] {
  return mergeBy(a, b, (finding) => finding.fingerprint, mergeFinding).sort(byImportance);
}

function mergeFinding(a: Finding, b: Finding): Finding {
  return {
    ...lesser(bare(a), bare(b)),
    severity: worst([a.severity, b.severity]),
    count: a.count + b.count,
    evidence: distinct([...a.evidence, ...b.evidence]).slice(0, MOST_EVIDENCE),
    taints: union(a.taints, b.taints),
  };
}

/** What two runs may tell differently of one finding, without what is added up. */
function bare(finding: Finding): Finding {
  return { ...finding, count: 0, evidence: [], taints: [], severity: "note" };
}

function mergeGroup(a: Group, b: Group): Group {
  const neutral = (group: Group): Group => ({ ...group, severity: "note", findings: [] });
  return {
    ...lesser(neutral(a), neutral(b)),
    severity: worst([a.severity, b.severity]),
    findings: union(a.findings, b.findings),
  };
}

function mergeBuild(a: BuildDescription, b: BuildDescription): BuildDescription {
  return {
    host: several(a.host, b.host),
    target: several(a.target, b.target),
    sysroots: union(a.sysroots, b.sysroots),
    nativeSysroots: union(a.nativeSysroots, b.nativeSysroots),
    toolchains: union(a.toolchains, b.toolchains),
    buildDirs: union(a.buildDirs, b.buildDirs),
    inferred: union(a.inferred, b.inferred),
    ...(a.added || b.added ? { added: union(a.added ?? [], b.added ?? []) } : {}),
  };
}

/** Every triple that a report named, as `a, b`. */
function several(a: string | null, b: string | null): string | null {
  const all = [a, b].flatMap((triples) => triples?.split(", ") ?? []);
  return all.length === 0 ? null : union(all, []).join(", ");
}

function addUp(a: Undecided, b: Undecided): Undecided {
  return { ...a, count: a.count + b.count };
}

function mergeBy<T>(
  a: readonly T[],
  b: readonly T[],
  keyOf: (item: T) => string,
  merge: (a: T, b: T) => T,
): T[] {
  const merged = new Map<string, T>();
  for (const item of [...a, ...b]) {
    const known = merged.get(keyOf(item));
    merged.set(keyOf(item), known === undefined ? item : merge(known, item));
  }
  return [...merged].sort(([x], [y]) => compare(x, y)).map(([, item]) => item);
}

function byWorst(a: Group, b: Group): number {
  if (a.severity === b.severity) return compare(a.id, b.id);
  return worst([a.severity, b.severity]) === a.severity ? -1 : 1;
}

function union(a: readonly string[], b: readonly string[]): readonly string[] {
  return [...new Set([...a, ...b])].sort(compare);
}

function distinct<T>(items: readonly T[]): readonly T[] {
  const byContent = new Map(items.map((item) => [JSON.stringify(item), item]));
  return [...byContent.values()].sort(byText);
}

function lesser<T>(a: T, b: T): T {
  return byText(a, b) <= 0 ? a : b;
}

function greater(a: string, b: string): string {
  return compare(a, b) >= 0 ? a : b;
}

function byText(a: unknown, b: unknown): number {
  return compare(JSON.stringify(a), JSON.stringify(b));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
