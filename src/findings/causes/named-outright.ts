import { type ByteString, toText } from "../../model/byte-string.ts";
import type { Leak } from "../../model/leak.ts";
import { parentFolder } from "../../model/path.ts";
import type { Tracee } from "../../model/tracee.ts";
import type { BuildContext } from "../build-context.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { type Lineage, nameOf, placeOf } from "./lineage.ts";
import { wordsOf } from "./path-flags.ts";

/** What follows these is a name for the output to carry, no input (ld(1)). */
const NAMES_NO_INPUT =
  /^(?:-dynamic-linker|--dynamic-linker|-I|-soname|-h|-rpath|-o|--sysroot|-isysroot)$/;
/** True when a compiler driver made the command line. */
function isDriven({ sightings: [{ actor }] }: Leak): boolean {
  return actor.parent?.tool.driver === true || actor.parent?.role === "linker";
}

/** The diagnosis for a file that somebody other than a compiler driver gave by its whole path; null when nobody did. */
export function namedOutright(
  leak: Leak,
  lineage: Lineage,
  context: BuildContext,
): Diagnosis | null {
  const { requested, path } = leak.sightings[0];
  const names = [requested, path].map((id) => context.paths.text(id)).filter((name) => name !== "");
  const holder = lineage.findLast((tracee) => isNamed(tracee, names));
  if (holder === undefined || (holder === lineage[0] && isDriven(leak))) return null;
  const name = names[0] ?? "";
  const flag = toText(name);
  const folder = parentFolder(names.at(-1) ?? name);
  return {
    kind: "stray-flag",
    key: `flag ${flag}`,
    title: `${flag} was named to ${nameOf(holder)}`,
    variables: [],
    flags: [{ flag, at: placeOf(holder) }],
    carried: { flag: { family: "library", text: `-L${folder}`, folder }, holder },
  };
}

function isNamed({ argv, argvTruncated }: Tracee, names: readonly ByteString[]): boolean {
  const words = wordsOf(argv ?? []);
  return words.some((word, at) => {
    if (NAMES_NO_INPUT.test(words[at - 1] ?? "")) return false;
    if (names.includes(word)) return true;
    return argvTruncated && names.some((name) => isBeginningOf(name, word));
  });
}

/** True for a cut argument that says more than the file's folder, which many flags name. */
function isBeginningOf(name: ByteString, word: ByteString): boolean {
  return word.length > parentFolder(name).length + 3 && name.startsWith(word);
}
