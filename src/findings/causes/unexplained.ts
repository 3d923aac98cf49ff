import type { Leak } from "../../model/leak.ts";
import { culpritOf } from "../culprit.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { lineageOf, nameOf } from "./lineage.ts";
import { hiddenVariable } from "./search-variable.ts";

/** What is left when nothing shows the cause: what must be hidden, else the rule's own words, one group a rule. */
export function unexplained(leak: Leak): Diagnosis {
  const { rule, facts } = leak;
  const tracee = culpritOf(leak);
  const family = facts.use === "compile" ? "include" : facts.use === "link" ? "library" : null;
  const hidden = family === null ? null : hiddenVariable(family, lineageOf(tracee));
  if (hidden !== null) return hidden;
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
