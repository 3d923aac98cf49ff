import { type ByteString, toText } from "../../model/byte-string.ts";
import type { Leak } from "../../model/leak.ts";
import { isWithin, normalise, resolvePath } from "../../model/path.ts";
import type { Tracee } from "../../model/tracee.ts";
import type { BuildContext } from "../build-context.ts";
import { culpritOf } from "../culprit.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { type Lineage, lineageOf, nameOf, placeOf, requesterOf } from "./lineage.ts";
import { isBeginning } from "./path-flags.ts";

/** A file of the host was copied into what the target gets: who was told to, in which words. Null for other uses. */
export function copied(leak: Leak, context: BuildContext): Diagnosis | null {
  const tracee = culpritOf(leak);
  if (leak.facts.use !== "copy" && !isInstalling(leak, tracee)) return null;
  const { path } = leak.sightings[0];
  const lineage = lineageOf(tracee);
  const named = argumentOf(tracee, context.paths.text(path), context);
  return {
    kind: "stray-flag",
    key: `copy by ${scriptOf(lineage)}`,
    title: `Files of the build host were copied by ${scriptOf(lineage)}`,
    variables: [],
    flags: named === null ? [] : [{ flag: toText(named), at: placeOf(tracee) }],
  };
}

/** `cmake --install` looks at each file before it copies it, and searches for nothing. */
function isInstalling({ facts: { role } }: Leak, { argv }: Tracee): boolean {
  return role === "cmake" && argv?.[1] === "--install";
}

/** The argument that is the file, or the folder that it lies in. */
function argumentOf(
  { argv, argvTruncated, cwd }: Tracee,
  path: ByteString,
  { paths }: BuildContext,
): ByteString | null {
  const words = (argv ?? []).slice(1).filter((word) => word !== "" && !word.startsWith("-"));
  const base = paths.text(cwd);
  const named = words.find((word) => {
    if (word.startsWith("/")) return isWithin(path, normalise(word));
    return base !== "" && word !== "." && isWithin(path, resolvePath(base, word));
  });
  if (named !== undefined) return named;
  return argvTruncated && words.some((word) => isBeginning(word, path)) ? path : null;
}

function scriptOf(lineage: Lineage): string {
  const requester = requesterOf(lineage);
  return requester === null ? nameOf(lineage[0]) : nameOf(requester);
}
