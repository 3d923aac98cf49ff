import type { ByteString } from "../../model/byte-string.ts";
import type { Leak } from "../../model/leak.ts";
import type { Tracee } from "../../model/tracee.ts";
import type { BuildContext } from "../build-context.ts";
import { culpritOf } from "../culprit.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { driverIn, isOfDriver, ownFolders } from "./drivers.ts";
import { isLibtoolArchive } from "./libtool.ts";
import { type Lineage, lineageOf } from "./lineage.ts";
import { missingSysroot } from "./missing-sysroot.ts";
import { isNamedIn, namedOutright } from "./named-outright.ts";
import {
  cutFlag,
  type FlagFamily,
  type PathFlag,
  pathFlagsOf,
  reachingFlag,
} from "./path-flags.ts";
import { responseFile } from "./response-file.ts";
import { execPrefix, searchVariable } from "./search-variable.ts";
import { strayFlag } from "./stray-flag.ts";
import { unexplained } from "./unexplained.ts";

/** A file that was looked for, by the name that was asked for and by its own. */
interface Wanted {
  readonly family: FlagFamily;
  readonly asked: ByteString;
  readonly real: ByteString;
}

/** How gcc spells a folder that it finds from its own: `/usr/lib/gcc/x86_64-linux-gnu/12/../../../x86_64-linux-gnu`. */
const BESIDE_COMPILER = /\/lib\w*\/gcc(?:-cross)?\/[^/]+\/[^/]+\/\.\.\//;

/** Why a compiler or linker took a file of the host: a flag, a search variable, the lack of a sysroot. Null when nothing shows it. */
export function compiledOrLinked(leak: Leak, context: BuildContext): Diagnosis | null {
  const { use, path: real } = leak.facts;
  if (use !== "compile" && use !== "link") return null;
  const { actor, path, requested } = leak.sightings[0];
  const asked = context.paths.text(path);
  const wanted: Wanted = { family: use === "compile" ? "include" : "library", asked, real };
  const lineage = lineageOf(culpritOf(leak));
  const named = namedOutright(leak, lineage, context);
  if (named !== null) return named;
  const flag = flagFor(lineage, wanted, context);
  const stray = flag === null ? null : strayFlag(flag, lineage, context);
  // A -L to the same folder spells it in its own way, and start files are found through none.
  const isBeside = BESIDE_COMPILER.test(context.paths.text(requested));
  const isStray = stray !== null && !isBeside;
  if (isStray && !(stray.carried !== undefined && isOfDriver(stray.carried.holder, actor)))
    return stray;
  const driver = driverIn(lineage, actor);
  // Such as -B, through which a driver's own linker came to the file.
  const given = driver === null || isBeside ? null : flagIn(driver, wanted, context);
  if (given !== null) return strayFlag(given, lineage, context);
  return (
    searchVariable(wanted.family, lineage, asked, driver) ??
    execPrefix(lineage, driver, (prefix) => context.paths.text(requested).startsWith(prefix)) ??
    missingSysroot(leak, lineage, context) ??
    (stray !== null || isNamedIn(lineage[0], leak, context)
      ? (execPrefix(lineage, driver, (prefix) => context.zoneOf(prefix) === "host") ??
        ownFolders(lineage, actor))
      : null) ??
    responseFile(lineage) ??
    (isLibtoolArchive(leak) ? unexplained(leak, context) : null)
  );
}

/** The flag that led to a file. Where strace cut a command line (-s), those that it was made from are asked too. */
function flagFor(lineage: Lineage, wanted: Wanted, context: BuildContext): PathFlag | null {
  for (const tracee of lineage[0].argvTruncated ? lineage : lineage.slice(0, 1)) {
    const flag = flagIn(tracee, wanted, context);
    if (flag !== null) return flag;
  }
  return null;
}

function flagIn(
  { argv, argvTruncated, cwd }: Tracee,
  { family, asked, real }: Wanted,
  { paths }: BuildContext,
): PathFlag | null {
  const flags = pathFlagsOf(argv ?? [], paths.text(cwd));
  return (
    reachingFlag(flags, family, asked) ??
    reachingFlag(flags, family, real) ??
    (argvTruncated ? cutFlag(flags, family, asked) : null)
  );
}
