import { type ByteString, toText } from "../../model/byte-string.ts";
import type { Leak } from "../../model/leak.ts";
import { parentFolder } from "../../model/path.ts";
import type { Tracee } from "../../model/tracee.ts";
import type { BuildContext } from "../build-context.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { isOfDriver } from "./drivers.ts";
import { type Lineage, nameOf, placeOf } from "./lineage.ts";
import { type PathFlag, pathFlagsOf, reachingFlag, wordsOf } from "./path-flags.ts";
import { strayFlag } from "./stray-flag.ts";

/** What follows these is a name for the output to carry, no input (ld(1)). */
const NAMES_NO_INPUT =
  /^(?:-dynamic-linker|--dynamic-linker|-I|-soname|-h|-rpath|-o|--sysroot|-isysroot)$/;
/** The diagnosis for a file that somebody other than a compiler driver gave by its whole path; null when nobody did. */
export function namedOutright(
  leak: Leak,
  lineage: Lineage,
  context: BuildContext,
): Diagnosis | null {
  const names = namesOf(leak, context);
  const holder = lineage.findLast((tracee) => isNamed(tracee, names));
  if (holder === undefined || isOfDriver(holder, leak.sightings[0].actor)) return null;
  const name = names[0] ?? "";
  const flag = toText(name);
  const folder = parentFolder(names.at(-1) ?? name);
  // libtool looks -L and -l up itself, and names what it found.
  const before = flagBefore(holder, lineage, names.at(-1) ?? name, context);
  if (before !== null) return strayFlag(before, lineage, context);
  return {
    kind: "stray-flag",
    key: `flag ${flag}`,
    title: `${flag} was named to ${nameOf(holder)}`,
    variables: [],
    flags: [{ flag, at: placeOf(holder) }],
    carried: { flag: { family: "library", text: name, folder }, holder },
  };
}

/** True when a command line has the file's path, whoever made it. */
export function isNamedIn(tracee: Tracee, leak: Leak, context: BuildContext): boolean {
  return isNamed(tracee, namesOf(leak, context));
}

function namesOf({ sightings: [{ requested, path }] }: Leak, { paths }: BuildContext): string[] {
  return [requested, path].map((id) => paths.text(id)).filter((name) => name !== "");
}

function flagBefore(
  holder: Tracee,
  lineage: Lineage,
  path: ByteString,
  { paths }: BuildContext,
): PathFlag | null {
  for (const { argv, cwd } of lineage.slice(lineage.indexOf(holder) + 1)) {
    const flag = reachingFlag(pathFlagsOf(argv ?? [], paths.text(cwd)), "library", path);
    if (flag !== null) return flag;
  }
  return null;
}

function isNamed({ argv, argvTruncated }: Tracee, names: readonly ByteString[]): boolean {
  const words = wordsOf(argv ?? []);
  return words.some((word, at) => {
    if (NAMES_NO_INPUT.test(words[at - 1] ?? "")) return false;
    if (names.includes(word)) return true;
    // --add-section .fw=/usr/bin/busybox, --just-symbols=/usr/lib/libz.so
    const [option, value] = halves(word);
    if (names.includes(value)) return !NAMES_NO_INPUT.test(option);
    return argvTruncated && names.some((name) => isBeginningOf(name, word));
  });
}

function halves(word: ByteString): readonly [ByteString, ByteString] {
  const at = word.indexOf("=");
  return at < 0 ? [word, ""] : [word.slice(0, at), word.slice(at + 1)];
}

/** True for a cut argument that says more than the file's folder, which many flags name. */
function isBeginningOf(name: ByteString, word: ByteString): boolean {
  return word.length > parentFolder(name).length + 3 && name.startsWith(word);
}
