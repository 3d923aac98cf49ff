import type { Finding, Report } from "../model/report.ts";
import { byImportance } from "./order.ts";

/** What two builds read differently. */
export interface Difference {
  /** Only the first build did this. */
  readonly onlyA: readonly Finding[];
  /** Only the second build did this. */
  readonly onlyB: readonly Finding[];
  /** Both did, and it was judged differently. */
  readonly changed: readonly { readonly a: Finding; readonly b: Finding }[];
  /** How much both did alike. */
  readonly same: number;
}

/** Compares two reports by fingerprint: by rule, path, program and side, not by machine, folder or day. */
export function differenceOf(a: Report, b: Report): Difference {
  const inA = everything(a);
  const inB = everything(b);
  const both = [...inA.values()].flatMap((found) => {
    const other = inB.get(found.fingerprint);
    return other === undefined ? [] : [{ a: found, b: other }];
  });
  const changed = both.filter((pair) => judgement(pair.a) !== judgement(pair.b));
  return {
    onlyA: [...inA.values()].filter(({ fingerprint }) => !inB.has(fingerprint)).sort(byImportance),
    onlyB: [...inB.values()].filter(({ fingerprint }) => !inA.has(fingerprint)).sort(byImportance),
    changed: changed.sort((x, y) => byImportance(x.b, y.b)),
    same: both.length - changed.length,
  };
}

function everything({ findings, allowed = [] }: Report): ReadonlyMap<string, Finding> {
  return new Map([...allowed, ...findings].map((finding) => [finding.fingerprint, finding]));
}

function judgement({ severity, rule, rejected }: Finding): string {
  return `${severity} ${rule} ${rejected}`;
}
