import { toText } from "../model/byte-string.ts";
import type { Leak } from "../model/leak.ts";
import type { Evidence, Finding } from "../model/report.ts";
import type { Sighting } from "../model/sighting.ts";
import { culpritIn } from "./culprit.ts";
import { lineWithoutSecrets } from "./privacy/log-line.ts";
import { argvWithoutSecrets } from "./privacy/secrets.ts";

const MOST_EVIDENCE = 5;

/** A leak as the report shows it. */
export function findingOf(
  leak: Leak,
  fingerprint: string,
  chainOf: (sighting: Sighting) => readonly string[],
): Finding {
  const { facts, rule, sightings, expected } = leak;
  const [first] = sightings;
  const culprit = culpritIn(first);
  return {
    fingerprint,
    rule: rule.id,
    severity: leak.severity,
    path: toText(facts.path),
    ...(facts.requested === null ? {} : { requested: toText(facts.requested) }),
    expected:
      expected === null
        ? null
        : { path: toText(expected.path), exists: expected.exists, known: expected.known },
    kind: facts.artifact,
    zone: facts.zone,
    use: facts.use,
    side: facts.side,
    rejected: facts.rejected,
    count: sightings.reduce((sum, sighting) => sum + sighting.count, 0),
    evidence: evidenceOf(sightings),
    process: {
      pid: culprit.pid,
      program: first.actor.program === null ? "unknown" : toText(first.actor.program),
      argv: argvWithoutSecrets(
        (first.actor.program === null ? [] : (culprit.argv ?? [])).map(toText),
      ),
      chain: chainOf(first).filter(isKnown).map(toText),
    },
    group: null,
    taints: [],
  };
}

/** strace's first process has no program until its first exec: nobody wants to read of it. */
function isKnown(name: string, at: number, chain: readonly string[]): boolean {
  return name !== "?" || at > 0 || chain.length === 1;
}

function evidenceOf(sightings: readonly Sighting[]): readonly Evidence[] {
  const seen = new Set<string>();
  const evidence: Evidence[] = [];
  for (const proof of sightings.flatMap((sighting) => sighting.proofs)) {
    const key = `${proof.source}\0${proof.line}`;
    if (seen.has(key)) continue;
    seen.add(key);
    evidence.push({
      trace: proof.source,
      line: proof.line,
      text: lineWithoutSecrets(toText(proof.text)),
    });
    if (evidence.length === MOST_EVIDENCE) break;
  }
  return evidence;
}
