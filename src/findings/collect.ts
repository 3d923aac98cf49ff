import type { Facts } from "../model/facts.ts";
import type { Leak } from "../model/leak.ts";
import type { Rule } from "../model/rule.ts";
import type { Sighting } from "../model/sighting.ts";

/** One judged sighting. */
export interface Judged {
  readonly sighting: Sighting;
  readonly facts: Facts;
  readonly rule: Rule;
}

/** Folds judged sightings into leaks: one rule, one path, one program, one side. */
export function collectLeaks(
  judged: Iterable<Judged>,
  expectedOf: (facts: Facts) => Leak["expected"],
): readonly Leak[] {
  const leaks = new Map<
    string,
    { readonly rule: Rule; readonly facts: Facts; readonly sightings: [Sighting, ...Sighting[]] }
  >();
  for (const { sighting, facts, rule } of judged) {
    const key = `${rule.id}\0${facts.path}\0${facts.program}\0${facts.side}`;
    const known = leaks.get(key);
    if (known === undefined) leaks.set(key, { rule, facts, sightings: [sighting] });
    else known.sightings.push(sighting);
  }
  return [...leaks.values()].map(({ rule, facts, sightings }) => ({
    rule,
    severity: rule.severity,
    facts,
    sightings,
    expected: expectedOf(facts),
  }));
}
