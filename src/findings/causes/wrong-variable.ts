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
  const setter = firstWith(lineage, name, value);
  const rest = setter.environment?.cut.has(name) === true && value.endsWith(element) ? "…" : "";
  return {
    kind,
    key: `wrong ${name} ${element}`,
    title: `${name} leads ${nameOf(lineage[0])} to ${toText(element)}${rest}`,
    variables: [{ name, state: "wrong", at: placeOf(setter), value: toText(value) + rest }],
    flags: [],
  };
}
