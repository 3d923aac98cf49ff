import type { Leak } from "../../model/leak.ts";
import type { Tracee } from "../../model/tracee.ts";
import type { BuildContext } from "../build-context.ts";
import { culpritOf } from "../culprit.ts";
import { causeOf } from "./cause-of.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { type Origin, originsOf } from "./origins.ts";
import { unexplained } from "./unexplained.ts";
import { upstreamOf } from "./upstream.ts";

/**
 * What went wrong with each of many leaks. Each is looked at by itself first; a flag that an earlier leak brought
 * about takes that one's cause, and what its own process does not explain takes the cause of its neighbours.
 */
export function diagnose(
  leaks: readonly Leak[],
  context: BuildContext,
): ReadonlyMap<Leak, Diagnosis> {
  const own = new Map(leaks.map((leak) => [leak, causeOf(leak, context)]));
  const origins = originsOf(own, context);
  const found = new Map<Leak, Diagnosis>();
  const wholes = new Map<Diagnosis, Diagnosis>();
  const byTracee = new Map<Tracee, Diagnosis>();
  for (const [leak, diagnosis] of own) {
    if (diagnosis === null) continue;
    const whole = wholes.get(diagnosis) ?? traced(leak, diagnosis, origins);
    wholes.set(diagnosis, whole);
    if (isOpen(whole)) continue;
    found.set(leak, whole);
    const tracee = culpritOf(leak);
    if (!byTracee.has(tracee)) byTracee.set(tracee, whole);
  }
  for (const leak of leaks)
    if (!found.has(leak))
      found.set(leak, byTracee.get(culpritOf(leak)) ?? unexplained(leak, context));
  return found;
}

/** Knows no more than that somebody before may have brought it about, and nobody did: its neighbours may know. */
function isOpen({ kind, carried }: Diagnosis): boolean {
  return kind === "unknown" && carried !== undefined;
}

function traced(leak: Leak, diagnosis: Diagnosis, origins: readonly Origin[]): Diagnosis {
  if (diagnosis.carried === undefined) return diagnosis;
  const upstream = upstreamOf(diagnosis.carried, leak, origins);
  if (upstream === null) return diagnosis;
  const { flags } = upstream.diagnosis;
  return { ...upstream.diagnosis, flags: [...flags, ...diagnosis.flags] };
}
