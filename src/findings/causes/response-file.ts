import { toText } from "../../model/byte-string.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { type Lineage, nameOf, placeOf } from "./lineage.ts";
import { shortName } from "./words.ts";

/**
 * The diagnosis for a file that no flag in sight explains, where some flags are out of sight: in `@file`, as gcc(1)
 * and ld(1) take them. Null when the command lines are whole.
 */
export function responseFile(lineage: Lineage): Diagnosis | null {
  for (const tracee of lineage.toReversed()) {
    const word = tracee.argv?.find((each) => /^@[^\s]/.test(each) && !each.startsWith("@/tmp/"));
    if (word === undefined) continue;
    const flag = toText(word);
    return {
      kind: "stray-flag",
      key: `flag ${flag}`,
      title: `A flag in ${shortName(word.slice(1))}, given to ${nameOf(tracee)}, leads to the build host`,
      variables: [],
      flags: [{ flag, at: placeOf(tracee) }],
    };
  }
  return null;
}
