import type { Leak } from "../../model/leak.ts";
import type { Tracee } from "../../model/tracee.ts";
import type { BuildContext } from "../build-context.ts";
import { culpritOf } from "../culprit.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { isLibtoolArchive } from "./libtool.ts";
import { lineageOf, nameOf } from "./lineage.ts";
import { hiddenVariable } from "./search-variable.ts";

/** What is left when nothing shows the cause: what must be hidden, else the rule's own words, one group a rule. */
export function unexplained(leak: Leak, context: BuildContext): Diagnosis {
  const { rule, facts } = leak;
  const tracee = culpritOf(leak);
  const hidden = hiddenFrom(leak, tracee, context);
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

function hiddenFrom(leak: Leak, tracee: Tracee, { paths }: BuildContext): Diagnosis | null {
  const { use, role, path } = leak.facts;
  // What an assembler or objcopy takes in, the source or the command line names; libtool reads no variables.
  if (role === "assembler" || role === "strip" || isLibtoolArchive(leak)) return null;
  if (use !== "compile" && use !== "link") return null;
  const family = use === "compile" ? "include" : "library";
  return hiddenVariable(family, lineageOf(tracee), path, paths.text(tracee.cwd));
}
