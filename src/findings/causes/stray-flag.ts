import { type ByteString, toText } from "../../model/byte-string.ts";
import { cutLength } from "../../model/cut-arguments.ts";
import { isForeign } from "../../model/facts.ts";
import { isWithin, normalise } from "../../model/path.ts";
import type { CauseVariable } from "../../model/report.ts";
import type { Tracee } from "../../model/tracee.ts";
import type { BuildContext } from "../build-context.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { type Lineage, lineageOf, nameOf, placeOf } from "./lineage.ts";
import { isBeginning, type PathFlag, pathFlagsOf } from "./path-flags.ts";

/** The diagnosis for a search flag that leads to the host: who had it first, and which variable brought it there. */
export function strayFlag(flag: PathFlag, lineage: Lineage, context: BuildContext): Diagnosis {
  const [culprit] = lineage;
  const diagnoses = known.get(culprit) ?? new Map<string, Diagnosis>();
  known.set(culprit, diagnoses);
  const diagnosis = diagnoses.get(flag.text) ?? newDiagnosis(flag, lineage, context);
  diagnoses.set(flag.text, diagnosis);
  return diagnosis;
}

/** One compiler meets hundreds of headers through one flag. */
const known = new WeakMap<Tracee, Map<string, Diagnosis>>();

function newDiagnosis(flag: PathFlag, lineage: Lineage, context: BuildContext): Diagnosis {
  const holder = lineage.findLast((tracee) => holds(tracee, flag, context)) ?? lineage[0];
  const variable = variableOf(flag, lineage, context);
  const printed = context.printed.find(flag.text);
  // expr, echo and gcc -v print what they were given themselves.
  const isPrinted =
    printed !== undefined &&
    printed.line < holder.line &&
    !lineageOf(printed.tracee).some((tracee) => holds(tracee, flag, context));
  const at = isPrinted ? { ...placeOf(printed.tracee), line: printed.line } : placeOf(holder);
  const text = toText(spelledBy(holder, flag, context)) + (isCut(holder, flag, context) ? "…" : "");
  const origin =
    variable !== null
      ? `from ${variable.name}`
      : isPrinted
        ? `first printed by ${nameOf(printed.tracee)}`
        : `first given to ${nameOf(holder)}`;
  return {
    kind: "stray-flag",
    key: `flag ${flag.text}`,
    title: `${text} reached ${nameOf(lineage[0])}, ${origin}`,
    variables: variable === null ? [] : [variable],
    flags: [{ flag: text, at }],
    carried: {
      flag,
      holder: variable === null ? holder : olderOf(holder, variable, lineage),
    },
  };
}

/** The flag as its holder has it: gcc makes -L of -B. */
function spelledBy({ argv, cwd }: Tracee, flag: PathFlag, { paths }: BuildContext): ByteString {
  const same = pathFlagsOf(argv ?? [], paths.text(cwd)).filter((each) => isSame(each, flag));
  return (same.find(({ text }) => text === flag.text) ?? same[0] ?? flag).text;
}

/**
 * True for a flag that -s may have cut, which its word does not show: those that are cut are as long as the longest. A
 * linker finds nothing below the folder that it was given, so what was found there tells that -L is whole.
 */
function isCut(tracee: Tracee, flag: PathFlag, context: BuildContext): boolean {
  const { argv, cwd } = tracee;
  if (argv === null || flag.family === "library") return false;
  const most = cutLength(tracee);
  const isIn = (words: readonly ByteString[]) =>
    pathFlagsOf(words, context.paths.text(cwd)).some((each) => isSame(each, flag));
  return isIn(argv) && !isIn(argv.filter(({ length }) => length < most));
}

function holds(tracee: Tracee, flag: PathFlag, { paths }: BuildContext): boolean {
  const { argv, argvTruncated, cwd } = tracee;
  return (
    argv !== null &&
    pathFlagsOf(argv, paths.text(cwd)).some(
      (each) =>
        isSame(each, flag) ||
        (argvTruncated && each.family === flag.family && isBeginning(each.folder, flag.folder)),
    )
  );
}

function isSame(a: PathFlag, b: PathFlag): boolean {
  return a.family === b.family && a.folder === b.folder;
}

/** The variable that a flag came from: one that spells it (`CFLAGS`), or one that names its folder (`OPENSSL_DIR`). */
function variableOf(flag: PathFlag, lineage: Lineage, context: BuildContext): CauseVariable | null {
  for (const tracee of lineage.toReversed()) {
    for (const [name, value] of tracee.environment?.variables ?? []) {
      if (NO_FLAGS.test(name)) continue;
      const isCutShort = tracee.environment?.cut.has(name) === true;
      const spells = pathFlagsOf([value], "").some(
        (each) =>
          isSame(each, flag) ||
          (isCutShort && each.family === flag.family && isBeginning(each.folder, flag.folder)),
      );
      if (spells || (isPrefix(name) && namesFolder(value, flag, context)))
        return {
          name,
          state: "wrong",
          at: placeOf(tracee),
          value: toText(value) + (isCutShort ? "…" : ""),
        };
    }
  }
  return null;
}

/** Variables whose values hold no flags, whatever they look like, and those whose flags are right to lead to the host. */
const NO_FLAGS =
  /^(?:PATH|PWD|OLDPWD|HOME|OUT_DIR|LD_LIBRARY_PATH|(?:HOST|BUILD|NATIVE)_?(?:C|CXX|CPP|LD)FLAGS.*|.*_FOR_BUILD)$/;

/** Variables that give the place where a library is installed, and not those that say where a build keeps its host tools. */
function isPrefix(name: string): boolean {
  return (
    /_(?:ROOT|DIR|PREFIX)$|^CMAKE_PREFIX_PATH$/.test(name) &&
    !/^(?:CARGO|STAGING|OECORE|SDK|PKG_CONFIG|_PYTHON|BR2_|(?:HOST|NATIVE|BUILD|TOOLCHAIN)_)/.test(
      name,
    )
  );
}

function namesFolder(value: ByteString, flag: PathFlag, { zoneOf }: BuildContext): boolean {
  if (!value.startsWith("/")) return false;
  const folder = normalise(value);
  const zone = zoneOf(folder);
  if (!isForeign(zone)) return false;
  return (
    flag.folder === folder ||
    (isWithin(flag.folder, folder) &&
      /^\/(?:include|lib\w*)$/.test(flag.folder.slice(folder.length)))
  );
}

function olderOf(holder: Tracee, variable: CauseVariable, lineage: Lineage): Tracee {
  const { at } = variable;
  return lineage.find(({ pid, line }) => pid === at?.pid && line === at?.line) ?? holder;
}
