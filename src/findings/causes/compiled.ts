import { toText } from "../../model/byte-string.ts";
import type { Leak } from "../../model/leak.ts";
import type { BuildContext } from "../build-context.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { type Lineage, lineageOf, nameOf, placeOf } from "./lineage.ts";
import { missingSysroot } from "./missing-sysroot.ts";
import { pathFlagsOf, reachingFlag } from "./path-flags.ts";
import { searchVariable } from "./search-variable.ts";
import { strayFlag } from "./stray-flag.ts";

/** Why a compiler or linker took a file of the host: a flag, a search variable, the lack of a sysroot. Null when nothing shows it. */
export function compiledOrLinked(leak: Leak, context: BuildContext): Diagnosis | null {
  const { use, path: real } = leak.facts;
  if (use !== "compile" && use !== "link") return null;
  const family = use === "compile" ? "include" : "library";
  const { tracee, path } = leak.sightings[0];
  const lineage = lineageOf(tracee);
  const asked = context.paths.text(path);
  const flags = pathFlagsOf(tracee.argv ?? [], context.paths.text(tracee.cwd));
  const flag = reachingFlag(flags, family, asked) ?? reachingFlag(flags, family, real);
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
    missingSysroot(leak, lineage, context)
  );
}

/** True when a compiler driver made the command line. */
function isDriven({ sightings: [{ actor }] }: Leak): boolean {
  return actor.parent?.tool.driver === true || actor.parent?.role === "linker";
}

/** A file that somebody other than a compiler driver gave by its whole path. */
function namedOutright(leak: Leak, lineage: Lineage, context: BuildContext): Diagnosis | null {
  const { requested, path } = leak.sightings[0];
  const names = [requested, path].map((id) => context.paths.text(id)).filter((name) => name !== "");
  const holder = lineage.findLast(({ argv }) => argv?.some((word) => names.includes(word)));
  if (holder === undefined || (holder === lineage[0] && isDriven(leak))) return null;
  const flag = toText(names[0] ?? "");
  return {
    kind: "stray-flag",
    key: `flag ${flag}`,
    title: `${flag} was named to ${nameOf(holder)}`,
    variables: [],
    flags: [{ flag, at: placeOf(holder) }],
  };
}
