import type { Finding, Group } from "../../model/report.ts";
import type { RuleId } from "../../model/rule.ts";
import { type Location, locationOf } from "../location.ts";
import { printable } from "../printable.ts";
import { sentence } from "../sentence.ts";

/** What a result needs to know beside its finding. */
export interface ResultContext {
  readonly group: Group | undefined;
  /** Index of each rule in the run's table. */
  readonly rules: ReadonlyMap<RuleId, number>;
  readonly root: string | null;
  /** It is in the baseline, a file of its own beside the sources. */
  readonly known: boolean;
}

/** A finding as a SARIF result: placed in the log, the host file and the expected one as related places. */
export function resultOf(finding: Finding, { group, rules, root, known }: ResultContext): object {
  const ruleIndex = rules.get(finding.rule);
  const text = [
    `${sentence(finding)}.`,
    ...(group === undefined ? [] : [`Cause: ${printable(group.title)}.`]),
    ...(group?.fix.length ? [`Fix: ${group.fix.map(printable).join("\n")}`] : []),
  ].join("\n");
  const places = finding.evidence
    .slice(1)
    .map(({ trace, line }) =>
      locationOf({ ...finding, evidence: [{ trace, line, text: "" }] }, root),
    );
  return {
    ruleId: printable(finding.rule),
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: finding.severity,
    message: { text: unlinked(text) },
    locations: [{ physicalLocation: physical(locationOf(finding, root)) }],
    relatedLocations: [
      hostFile(0, finding.path, "used"),
      ...(finding.expected === null
        ? []
        : [hostFile(1, finding.expected.path, "expected instead")]),
      ...places.map((place) => ({ physicalLocation: physical(place) })),
    ],
    partialFingerprints: {
      // The only name that GitHub looks at; without it, upload-sarif hashes the log's line instead.
      primaryLocationLineHash: finding.fingerprint,
      "hostbleed/v1": finding.fingerprint,
    },
    ...(known ? { suppressions: [{ kind: "external" }] } : {}),
    occurrenceCount: Math.max(1, finding.count),
    properties: {
      path: printable(finding.path),
      kind: finding.kind,
      zone: finding.zone,
      use: finding.use,
      side: finding.side,
      program: printable(finding.process.program),
      chain: finding.process.chain.map(printable),
      ...(group === undefined ? {} : { cause: group.cause.kind, group: group.id }),
    },
  };
}

/** Viewers make a link of `[text](target)` in a message; a bracket behind a backslash is only a bracket (SARIF 3.11.6). */
function unlinked(text: string): string {
  return text.includes("](") ? text.replace(/[[\]\\]/g, "\\$&") : text;
}

function physical({ file, line }: Location): object {
  return { artifactLocation: { uri: uri(file) }, region: { startLine: line } };
}

function hostFile(id: number, path: string, text: string): object {
  return {
    id,
    message: { text: `${text}: ${printable(path)}` },
    physicalLocation: {
      artifactLocation: { uri: path.startsWith("/") ? `file://${uri(path)}` : uri(path) },
    },
  };
}

/** Percent-encoded where a URI demands it; slashes stay. Lone surrogates, which UTF-8 lacks, are spelt out. */
function uri(path: string): string {
  return path
    .split("/")
    .map((part) => encodeURIComponent(part.replace(/\p{Cs}/gu, printable)))
    .join("/");
}
