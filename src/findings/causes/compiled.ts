import type { Leak } from "../../model/leak.ts";
import type { BuildContext } from "../build-context.ts";
import { culpritOf } from "../culprit.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { lineageOf } from "./lineage.ts";
import { missingSysroot } from "./missing-sysroot.ts";
import { isDriven, namedOutright } from "./named-outright.ts";
import { cutFlag, pathFlagsOf, reachingFlag } from "./path-flags.ts";
import { responseFile } from "./response-file.ts";
import { searchVariable } from "./search-variable.ts";
import { strayFlag } from "./stray-flag.ts";

/** Why a compiler or linker took a file of the host: a flag, a search variable, the lack of a sysroot. Null when nothing shows it. */
export function compiledOrLinked(leak: Leak, context: BuildContext): Diagnosis | null {
  const { use, path: real } = leak.facts;
  if (use !== "compile" && use !== "link") return null;
  const family = use === "compile" ? "include" : "library";
  const { path } = leak.sightings[0];
  const tracee = culpritOf(leak);
  const lineage = lineageOf(tracee);
  const asked = context.paths.text(path);
  const flags = pathFlagsOf(tracee.argv ?? [], context.paths.text(tracee.cwd));
  const flag =
    reachingFlag(flags, family, asked) ??
    reachingFlag(flags, family, real) ??
    (tracee.argvTruncated ? cutFlag(flags, family, asked) : null);
  if (flag !== null) {
    const { holder } = strayFlag(flag, lineage, context).carried ?? {};
    // A driver turns LIBRARY_PATH and its own default folders into flags for the linker.
    if (holder !== tracee || !isDriven(leak)) return strayFlag(flag, lineage, context);
    return (
      searchVariable(family, lineage, asked) ??
      missingSysroot(leak, lineage, context) ??
      strayFlag(flag, lineage, context)
    );
  }
  return (
    searchVariable(family, lineage, asked) ??
    namedOutright(leak, lineage, context) ??
    missingSysroot(leak, lineage, context) ??
    responseFile(lineage)
  );
}
