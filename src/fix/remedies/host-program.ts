import { parentFolder } from "../../model/path.ts";
import type { Cause, Finding } from "../../model/report.ts";
import { shown } from "../quoted.ts";
import type { Remedy } from "../remedy.ts";

/** Puts the build's own program in the place of the host's. */
export function hostProgramRemedies(
  { flags }: Cause,
  findings: readonly Finding[],
): readonly Remedy[] {
  const program = flags[0]?.flag;
  if (program === undefined || findings.some(isNotReplaced)) return [];
  // Of what the program read, the target's own is no program.
  const ran = findings.find(({ use, expected }) => use === "execute" && expected?.exists);
  const own = ran?.expected?.path ?? null;
  const replace: Remedy = { act: "replace", program, own };
  return findings.length > 0 && findings.every(isFoundBeside)
    ? [notBeside(program, findings)]
    : [replace];
}

/** A cache, a generator or ldconfig has no counterpart of the target's, and a shared script may be it: their rules say what to do. */
function isNotReplaced({ use, rule }: Finding): boolean {
  return use === "execute" && /^host-program\/(?!strip$)|\/shared-script$/.test(rule);
}

/** A compiler of the native sysroot searches the folders beside it, and is the build's own all the same. */
function isFoundBeside({ zone, use }: Finding): boolean {
  return zone === "native-sysroot" && use === "link";
}

function notBeside(program: string, findings: readonly Finding[]): Remedy {
  const folders = [...new Set(findings.map(({ path }) => parentFolder(path)))];
  const where = folders.map(shown).join(" and ");
  return {
    act: "edit",
    what: `Move the libraries for host tools out of ${where}, which ${shown(program)} searches by itself`,
  };
}
