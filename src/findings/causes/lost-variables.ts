import { toText } from "../../model/byte-string.ts";
import type { CauseVariable } from "../../model/report.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { type Lineage, nameOf, placeOf, requesterOf } from "./lineage.ts";
import { type Standing, shrinkageOf } from "./standing.ts";
import { between, listed, wasOrWere } from "./words.ts";

/** Variables that ought to reach the nearest of a lineage, each with how it stands. */
export type Standings = ReadonlyMap<string, Standing>;

/** The diagnosis for variables that an ancestor had; those that nobody had are named beside them. Null: none was lost. */
export function lostVariables(lineage: Lineage, standings: Standings): Diagnosis | null {
  const lost = [...standings].flatMap(([name, standing]) =>
    standing.state === "lost" ? [{ called: name, standing }] : [],
  );
  const [first] = lost;
  if (first === undefined) return null;
  const { after } = first.standing;
  const names = lost.map(({ standing }) => standing.name);
  const unset = [...standings].flatMap(([name, { state }]) => (state === "unset" ? [name] : []));
  return {
    kind: "lost-variable",
    key: `lost ${names.join(" ")} at ${nameOf(after)}`,
    title: `${listed(names)} ${wasOrWere(names.length)} lost ${between(first.standing)}`,
    variables: [
      ...lost.map(
        ({ standing }): CauseVariable => ({
          name: standing.name,
          state: "lost",
          at: placeOf(standing.after),
          value: toText(standing.value),
        }),
      ),
      ...unset.map((name) => unsetAt(name, lineage)),
    ],
    flags: [],
  };
}

/**
 * The diagnosis for variables that are not in effect, whoever is to blame: where the log counts variables
 * without showing them, an exec that dropped some is named. `called` is what its role tells, where no exec was seen.
 */
export function absentVariables(
  lineage: Lineage,
  names: readonly string[],
  called: string,
): Diagnosis {
  const [culprit] = lineage;
  const name = culprit.program === null ? called : nameOf(culprit);
  const shrinkage = culprit.environment?.variables ? null : shrinkageOf(lineage);
  if (shrinkage !== null) {
    const { after, amount } = shrinkage;
    const amountLost = amount === 1 ? "A variable was" : `${amount} variables were`;
    return {
      kind: "lost-variable",
      key: `dropped before ${name} at ${nameOf(after)}`,
      title: `${amountLost} lost ${between(shrinkage)}: ${listed(names)} ${wasOrWere(names.length)} not in effect`,
      variables: names.map((each) => ({
        name: each,
        state: "lost",
        at: placeOf(after),
        value: null,
      })),
      flags: [],
    };
  }
  const requester = requesterOf(lineage);
  const who = requester === null ? `for ${name}` : `when ${nameOf(requester)} started ${name}`;
  return {
    kind: "lost-variable",
    key: `unset ${names.join(" ")} for ${name}`,
    title: `${listed(names)} ${wasOrWere(names.length)} not set ${who}`,
    variables: names.map((each) => unsetAt(each, lineage)),
    flags: [],
  };
}

/** A variable that its reader did not find. */
export function unsetAt(name: string, [culprit]: Lineage): CauseVariable {
  return { name, state: "unset", at: placeOf(culprit), value: null };
}
