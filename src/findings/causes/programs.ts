import type { Actor } from "../../model/actor.ts";
import { toText } from "../../model/byte-string.ts";
import type { Role } from "../../model/facts.ts";
import type { Leak } from "../../model/leak.ts";
import { parentFolder } from "../../model/path.ts";
import type { CauseVariable } from "../../model/report.ts";
import type { Work } from "../../model/sighting.ts";
import type { BuildContext } from "../build-context.ts";
import { culpritOf } from "../culprit.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { type Lineage, lineageOf, nameOf, placeOf } from "./lineage.ts";
import { shortName } from "./words.ts";

/** A program of the host ran where the target's, or the build's own, was meant. Null for files that were read. */
export function hostProgram(leak: Leak, _context: BuildContext): Diagnosis | null {
  const { outcome, path, archNeutral } = leak.facts;
  const lineage = lineageOf(culpritOf(leak));
  const { program } = lineage[0];
  if (outcome !== "executed" || program === null) return null;
  const caller = lineage[1];
  const by = caller === undefined ? "" : `, called by ${nameOf(caller)}`;
  return {
    kind: "host-program",
    key: `program ${path}`,
    title: archNeutral
      ? `${shortName(path)}, which may be the target's as well as the build host's, ran${by}`
      : `The build host's ${shortName(path)} ran${by}`,
    variables: archNeutral ? [] : searchPath(lineage),
    flags: [{ flag: toText(program), at: placeOf(lineage[0]) }],
  };
}

/** PATH, where the program was called by its name alone, so that a search led to it. */
function searchPath([tracee, ...ancestors]: Lineage): readonly CauseVariable[] {
  const called = tracee.argv?.[0];
  if (called === undefined || called.includes("/")) return [];
  const value = [tracee, ...ancestors]
    .map(({ environment }) => environment?.variables?.get("PATH"))
    .find((each) => each !== undefined);
  const folder = parentFolder(tracee.program ?? "");
  if (value !== undefined && !value.split(":").includes(folder)) return [];
  const at = placeOf(ancestors[0] ?? tracee);
  return [{ name: "PATH", state: "wrong", at, value: value === undefined ? null : toText(value) }];
}

/** An object that a compiler of the host made went into something for the target. Null for files that the build did not make. */
export function hostCompiler(leak: Leak, context: BuildContext): Diagnosis | null {
  const { maker } = leak.sightings[0];
  if (leak.facts.zone !== "build" || leak.facts.maker !== "host" || maker === null) return null;
  const driver = callerOf(compilationIn(maker, context).actor);
  const program = driver.program === null ? "a compiler" : toText(driver.program);
  return {
    kind: "host-program",
    key: `compiler ${program}`,
    title: `The build host's ${nameOf(driver.first)} made ${shortName(leak.facts.path)}`,
    variables: [],
    flags: [{ flag: program, at: placeOf(driver.first) }],
  };
}

/** The work of a compiler of the host behind an archive: ar and strip only pass on what it made. */
function compilationIn(work: Work, { sideOf }: BuildContext): Work {
  const seen = new Set([work]);
  for (const each of seen) {
    if (!PASSES_ON.has(each.actor.role) && sideOf(each.actor) === "host") return each;
    for (const { maker } of each.inputs) if (seen.size < MOST_MAKERS) seen.add(maker);
  }
  return work;
}

const PASSES_ON: ReadonlySet<Role> = new Set([
  "archiver",
  "strip",
  "copier",
  "cmake",
  "meson",
  "interpreter",
  "other",
]);
const MOST_MAKERS = 256;

/** The driver that people call, above the compiler proper or the assembler. */
function callerOf(maker: Actor): Actor {
  for (let at: Actor | null = maker; at !== null; at = at.parent) if (at.tool.driver) return at;
  return maker;
}
