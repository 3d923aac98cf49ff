import type { ByteString } from "../../model/byte-string.ts";
import { cutLength, mayLackWords } from "../../model/cut-arguments.ts";
import { isWithin, mergeUsr, normalise, parentFolder } from "../../model/path.ts";
import type { Tracee } from "../../model/tracee.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { type Lineage, nameOf } from "./lineage.ts";
import { type FlagFamily, isBeginning, type PathFlag, pathFlagsOf } from "./path-flags.ts";
import { wrongVariable } from "./wrong-variable.ts";

/** Lists of folders that compilers and linkers search without being asked on their command line (gcc(1), ld(1)). */
const SEARCHED: Readonly<Record<FlagFamily, readonly string[]>> = {
  include: ["CPATH", "C_INCLUDE_PATH", "CPLUS_INCLUDE_PATH", "OBJC_INCLUDE_PATH"],
  library: ["LIBRARY_PATH", "LD_RUN_PATH", "LD_LIBRARY_PATH", "COMPILER_PATH"],
};

/** The diagnosis for a file found through such a variable; null when none names its folder. */
export function searchVariable(
  family: FlagFamily,
  lineage: Lineage,
  path: ByteString,
  driver: Tracee | null = null,
): Diagnosis | null {
  const [{ environment }] = lineage;
  // A driver makes its linker a LIBRARY_PATH of all folders that it searches itself: the one that it was given counts.
  const given = family === "library" && driver?.environment?.variables ? driver.environment : null;
  const { variables, cut } = given ?? environment ?? {};
  for (const name of SEARCHED[family]) {
    const value = variables?.get(name);
    const elements = value?.split(":");
    const element =
      elements?.find((each) => reaches(family, each, path)) ??
      (cut?.has(name) === true
        ? elements?.slice(-1).find((each) => isBeginning(each, parentFolder(path)))
        : undefined);
    if (value !== undefined && element !== undefined)
      return wrongVariable("stray-flag", lineage, name, value, element);
  }
  return null;
}

/**
 * The diagnosis for a compiler that was told to look for its own files beside another one (gcc(1),
 * GCC_EXEC_PREFIX), where `explains` says that this led to the file. gcc puts the value in front as it stands.
 */
export function execPrefix(
  lineage: Lineage,
  driver: Tracee | null,
  explains: (prefix: ByteString) => boolean,
): Diagnosis | null {
  const name = "GCC_EXEC_PREFIX";
  const value = driver?.environment?.variables?.get(name);
  if (driver === null || !value?.startsWith("/") || !explains(value)) return null;
  const above = lineage.slice(lineage.indexOf(driver) + 1);
  return wrongVariable("stray-flag", [driver, ...above], name, value);
}

/** Of those that lead to headers; what -s cuts shorter is no option any more. */
const LONGEST_OPTION = "-cxx-isystem";

/**
 * The diagnosis for a file that no flag explains, where the log shows all arguments and environments not at all: only
 * such a variable can have led to it. Null where one of the two is otherwise. An argument that -s has cut counts where
 * what is left of it leads elsewhere.
 */
export function hiddenVariable(
  family: FlagFamily,
  lineage: Lineage,
  path: ByteString,
  cwd: ByteString,
): Diagnosis | null {
  const [tracee] = lineage;
  const { argv, argvTruncated, environment } = tracee;
  if (argv === null || mayLackWords(tracee) || environment?.variables) return null;
  if (cutLength(tracee) <= LONGEST_OPTION.length) return null;
  const mayLead = (flag: PathFlag) => flag.family === family && path.startsWith(flag.folder);
  if (argvTruncated && pathFlagsOf(argv, cwd).some(mayLead)) return null;
  const names = SEARCHED[family].slice(0, 2).join(" or ");
  return {
    kind: "unknown",
    key: `hidden ${family} variable of ${nameOf(tracee)}`,
    title: `No flag of ${nameOf(tracee)} leads to the build host; a variable must (${names}?), and the log shows none`,
    variables: [],
    flags: [],
  };
}

function reaches(family: FlagFamily, element: ByteString, path: ByteString): boolean {
  if (!element.startsWith("/")) return false;
  const folder = mergeUsr(normalise(element));
  return family === "include"
    ? isWithin(mergeUsr(path), folder)
    : mergeUsr(parentFolder(path)) === folder;
}
