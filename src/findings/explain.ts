import type { Leak } from "../model/leak.ts";
import type { Finding, Group } from "../model/report.ts";
import type { BuildContext } from "./build-context.ts";
import { diagnose } from "./causes/diagnose.ts";
import type { Diagnosis } from "./causes/diagnosis.ts";
import { handsOutFlags } from "./causes/origins.ts";
import { findingOf } from "./finding.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { groupIdOf, groupsOf } from "./groups.ts";
import { byImportance } from "./order.ts";
import { answeredTaints } from "./taint/answers.ts";
import { taintsOf } from "./taint/taints.ts";

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
  const answered = answeredTaints(diagnoses, taints, context);
  const diagnosed: (readonly [Finding, Diagnosis])[] = [];
  for (const [leak, diagnosis] of diagnoses) {
    const group = groupIdOf(diagnosis, context.layout);
    const own = taints.get(leak) ?? [];
    const reached = own.length > 0 || !handsOutFlags(leak) ? own : answered(leak, diagnosis);
    diagnosed.push([{ ...describe(leak, context), group, taints: reached }, diagnosis]);
  }
  diagnosed.sort(([a], [b]) => byImportance(a, b));
  return {
    findings: diagnosed.map(([finding]) => finding),
    groups: groupsOf(diagnosed, context.layout),
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
