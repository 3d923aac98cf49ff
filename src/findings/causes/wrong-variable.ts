import { type ByteString, toText } from "../../model/byte-string.ts";
import type { CauseKind } from "../../model/report.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { type Lineage, nameOf, placeOf } from "./lineage.ts";
import { firstWith } from "./standing.ts";

/** The diagnosis for a variable whose value leads to the leak: who had it first, and what it says. */
export function wrongVariable(
  kind: CauseKind,
  lineage: Lineage,
  name: string,
  value: ByteString,
  element: ByteString = value,
): Diagnosis {
  return {
    kind,
    key: `wrong ${name} ${element}`,
    title: `${name} leads ${nameOf(lineage[0])} to ${toText(element)}`,
    variables: [
      { name, state: "wrong", at: placeOf(firstWith(lineage, name, value)), value: toText(value) },
    ],
    flags: [],
  };
}
