import { fromText } from "../model/byte-string.ts";
import type { Leak } from "../model/leak.ts";
import type { Finding, Group } from "../model/report.ts";
import type { BuildContext } from "./build-context.ts";
import { diagnose } from "./causes/diagnose.ts";
import type { Diagnosis } from "./causes/diagnosis.ts";
import { handsOutFlags } from "./causes/upstream.ts";
import { findingOf } from "./finding.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { groupIdOf, groupsOf } from "./groups.ts";
import { byImportance } from "./order.ts";
import { inOrder } from "./taint/products.ts";
import { MOST_TAINTS, taintsOf } from "./taint/taints.ts";

export type { BuildContext } from "./build-context.ts";

/** Leaks as the report shows them: in order, grouped by what went wrong, each with what it reached. */
export interface Explanation {
  readonly findings: readonly Finding[];
  readonly groups: readonly Group[];
}

/** Explains leaks: what went wrong, which of them share a cause, and which products they reached. */
export function explainLeaks(leaks: readonly Leak[], context: BuildContext): Explanation {
  const diagnoses = diagnose(leaks, context);
  const taints = taintsOf(leaks, context);
  const answered = answeredTaints(diagnoses, taints);
  const diagnosed: (readonly [Finding, Diagnosis])[] = [];
  for (const [leak, diagnosis] of diagnoses) {
    const group = groupIdOf(diagnosis, context.layout);
    const own = taints.get(leak) ?? [];
    const reached = own.length > 0 || !handsOutFlags(leak) ? own : answered(diagnosis);
    diagnosed.push([{ ...describe(leak, context), group, taints: reached }, diagnosis]);
  }
  diagnosed.sort(([a], [b]) => byImportance(a, b));
  return { findings: diagnosed.map(([finding]) => finding), groups: groupsOf(diagnosed) };
}

/**
 * What the answers of a misled tool reached: it writes no file itself, so the products are those of the leaks that
 * followed from it.
 */
function answeredTaints(
  diagnoses: ReadonlyMap<Leak, Diagnosis>,
  taints: ReadonlyMap<Leak, readonly string[]>,
): (diagnosis: Diagnosis) => readonly string[] {
  const byKey = new Map<string, Set<string>>();
  for (const [leak, { key }] of diagnoses) {
    const products = taints.get(leak) ?? [];
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, new Set(products));
    else for (const product of products) known.add(product);
  }
  return ({ key }) => {
    const reached = [...(byKey.get(key) ?? [])].map((product, distance) => ({
      path: fromText(product),
      distance,
      last: true,
    }));
    return inOrder(reached).slice(0, MOST_TAINTS);
  };
}

/** Leaks as findings, in order, with neither cause nor products. */
export function describeLeaks(leaks: readonly Leak[], context: BuildContext): readonly Finding[] {
  return leaks.map((leak) => describe(leak, context)).sort(byImportance);
}

function describe(leak: Leak, context: BuildContext): Finding {
  return findingOf(leak, fingerprintOf(leak, context.layout), ({ actor }) =>
    context.chainOf(actor),
  );
}
