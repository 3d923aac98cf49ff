import type { Leak } from "../../model/leak.ts";
import { culpritOf } from "../culprit.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { nameOf } from "./lineage.ts";

/** What is left when nothing shows the cause: the rule's own words, one group a rule. */
export function unexplained(leak: Leak): Diagnosis {
  const { rule, facts } = leak;
  const tracee = culpritOf(leak);
  const blind = tracee.program === null;
  const by = facts.artifact === "network" ? ` (${nameOf(tracee)})` : "";
  return {
    kind: "unknown",
    key: `rule ${rule.id}${by}`,
    title: rule.title + (blind ? "; the log does not show by which command" : by),
    variables: [],
    flags: [],
  };
}
