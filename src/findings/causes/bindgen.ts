import { type ByteString, toText } from "../../model/byte-string.ts";
import type { Leak } from "../../model/leak.ts";
import { parentFolder } from "../../model/path.ts";
import type { Tracee } from "../../model/tracee.ts";
import type { BuildContext } from "../build-context.ts";
import { culpritOf } from "../culprit.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { type Lineage, lineageOf, nameOf, placeOf } from "./lineage.ts";
import { lostVariables, unsetAt } from "./lost-variables.ts";
import { pathFlagsOf, reachingFlag, wordsOf } from "./path-flags.ts";
import { searchVariable } from "./search-variable.ts";
import { spellingsOf } from "./spellings.ts";
import { standingOf } from "./standing.ts";
import { strayFlag } from "./stray-flag.ts";
import { unexplained } from "./unexplained.ts";

const ARGUMENTS = "BINDGEN_EXTRA_CLANG_ARGS";

/** Why libclang, in bindgen or in a build script, parsed the host's headers. Null for other compilers. */
export function bindgenCause(leak: Leak, context: BuildContext): Diagnosis | null {
  const { actor, path } = leak.sightings[0];
  const tracee = culpritOf(leak);
  if (leak.facts.use !== "compile") return null;
  if (actor.role !== "libclang" && actor.role !== "build-script") return null;
  const lineage = lineageOf(tracee);
  const asked = context.paths.text(path);
  const given = givenTo(lineage, context);
  const flags = pathFlagsOf(given.words, context.paths.text(tracee.cwd));
  const flag = reachingFlag(flags, "include", asked);
  if (flag !== null) return strayFlag(flag, lineage, context);
  const searched = searchVariable("include", lineage, asked);
  if (searched !== null) return searched;
  const lacks = lackingIn(given.words, actor.role === "build-script", context);
  if (lacks.length === 0) return ledItself(leak, asked, tracee, context);
  if (given.variable === null) {
    const spellings = spellingsOf(ARGUMENTS, lineage, context.layout.target);
    const lost = lostVariables(
      lineage,
      new Map([[ARGUMENTS, standingOf(lineage, ARGUMENTS, spellings)]]),
    );
    if (lost !== null) return lost;
  }
  return {
    kind: "missing-flag",
    key: `unconfined libclang in ${nameOf(tracee)}: ${lacks.map(({ option }) => option).join(" ")}`,
    title: `libclang in ${nameOf(tracee)} was given no ${lacks.map(({ option }) => option).join(" and no ")}`,
    variables:
      given.variable === null
        ? [unsetAt(ARGUMENTS, lineage)]
        : [
            {
              name: given.variable,
              state: "wrong",
              at: placeOf(tracee),
              value: toText(given.value),
            },
          ],
    flags: lacks.map(({ flag: text }) => ({ flag: text, at: placeOf(tracee) })),
  };
}

/** Nothing lacks: the program's own code named the file, and may have asked somebody. libsqlite3-sys asks pkg-config. */
function ledItself(
  leak: Leak,
  asked: ByteString,
  holder: Tracee,
  context: BuildContext,
): Diagnosis {
  const folder = parentFolder(asked);
  return {
    ...unexplained(leak, context),
    carried: { flag: { family: "include", text: `-I${folder}`, folder }, holder },
  };
}

interface Given {
  readonly words: readonly ByteString[];
  readonly variable: string | null;
  readonly value: ByteString;
}

/** The arguments that reach libclang: those on the command line, and the first of bindgen's variables that is set. */
function givenTo(lineage: Lineage, { layout }: BuildContext): Given {
  const [{ argv, environment }] = lineage;
  const names = [...spellingsOf(ARGUMENTS, lineage, layout.target), ARGUMENTS];
  for (const variable of names) {
    const value = environment?.variables?.get(variable);
    if (value !== undefined && value !== "")
      return { words: [...(argv ?? []), value], variable, value };
  }
  return { words: argv ?? [], variable: null, value: "" };
}

interface Lacking {
  readonly option: string;
  readonly flag: string;
}

/** A build script's libclang takes its target from TARGET; bindgen's command line takes it from nowhere. */
function lackingIn(
  given: readonly ByteString[],
  inBuildScript: boolean,
  { layout }: BuildContext,
): readonly Lacking[] {
  const words = wordsOf(given);
  const has = (...options: readonly string[]) =>
    words.some((word) =>
      options.some((option) => word === option || word.startsWith(`${option}=`)),
    );
  const lacking: Lacking[] = [];
  if (!has("--sysroot", "-isysroot")) lacking.push(lack("--sysroot", layout.sysroots[0]));
  if (!inBuildScript && !has("--target", "-target")) lacking.push(lack("--target", layout.target));
  return lacking;
}

function lack(option: string, value: ByteString | null | undefined): Lacking {
  return {
    option,
    flag: value === null || value === undefined ? option : `${option}=${toText(value)}`,
  };
}
