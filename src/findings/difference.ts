import type { Finding, Report } from "../model/report.ts";
import { byImportance } from "./order.ts";

/** A file as one of two builds used it. */
export interface Compared extends Finding {
  /** It was judged innocent, so its severity says nothing. */
  readonly allowed?: boolean;
}

/** What two builds read differently. */
export interface Difference {
  /** Only the first build did this. */
  readonly onlyA: readonly Compared[];
  /** Only the second build did this. */
  readonly onlyB: readonly Compared[];
  /** Both did, and it was judged differently. */
  readonly changed: readonly { readonly a: Compared; readonly b: Compared }[];
  /** How much both did alike. */
  readonly same: number;
}

/**
 * Compares two reports by fingerprint: by rule, path, program and side, not by machine, folder or day. What was
 * judged innocent is compared where both tell it: against a report without, all of it would be news.
 */
export function differenceOf(a: Report, b: Report): Difference {
  const both = a.allowed !== undefined && b.allowed !== undefined;
  const inA = judged(a, both);
  const inB = judged(b, both);
  const shared = [...inA.values()].flatMap((found) => {
    const other = inB.get(found.fingerprint);
    return other === undefined ? [] : [{ a: found, b: other }];
  });
  const changed = shared.filter((pair) => judgement(pair.a) !== judgement(pair.b));
  return {
    onlyA: [...inA.values()].filter(({ fingerprint }) => !inB.has(fingerprint)).sort(byImportance),
    onlyB: [...inB.values()].filter(({ fingerprint }) => !inA.has(fingerprint)).sort(byImportance),
    changed: changed.sort((x, y) => byImportance(x.b, y.b)),
    same: shared.length - changed.length,
  };
}

function judged({ findings, allowed = [] }: Report, all: boolean): ReadonlyMap<string, Compared> {
  const innocent = all ? allowed.map((finding): Compared => ({ ...finding, allowed: true })) : [];
  return new Map([...innocent, ...findings].map((finding) => [finding.fingerprint, finding]));
}

function judgement({ severity, rule, rejected, allowed = false }: Compared): string {
  return `${allowed ? "allowed" : severity} ${rule} ${rejected}`;
}
