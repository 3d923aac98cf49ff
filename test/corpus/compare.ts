import type { Finding } from "../../src/model/report.ts";
import type { Leak, Truth } from "./cases.ts";

/** Where a report departs from the truth; three empty lists when it does not. */
export interface Departures {
  /** Leaks of severity error that no error finding names. */
  readonly missed: readonly string[];
  /** Error findings on files that the truth does not call an error. */
  readonly falseErrors: readonly string[];
  /** Findings above note in a clean build. */
  readonly noiseInClean: readonly string[];
}

/** Holds a report's findings against the truth of its case. */
export function departures(truth: Truth, findings: readonly Finding[]): Departures {
  const errors = findings.filter(({ severity }) => severity === "error");
  const reported = new Set(errors.flatMap(spellingsOfFinding));
  const leaks = truth.leaks.filter(({ severity }) => severity === "error");
  const guilty = new Set(leaks.flatMap(spellingsOfLeak));
  return {
    missed: leaks
      .filter((leak) => !spellingsOfLeak(leak).some((path) => reported.has(path)))
      .map(({ path }) => path),
    falseErrors: errors
      .filter((finding) => !spellingsOfFinding(finding).some((path) => guilty.has(path)))
      .map(describe),
    noiseInClean: truth.clean
      ? findings.filter(({ severity }) => severity !== "note").map(describe)
      : [],
  };
}

function spellingsOfLeak({ path, as_seen }: Leak): readonly string[] {
  return [path, ...(as_seen ?? [])].map(onePlace);
}

function spellingsOfFinding({ path, requested }: Finding): readonly string[] {
  return (requested === undefined ? [path] : [path, requested]).map(onePlace);
}

/** Usrmerge: /lib and /usr/lib are one place. */
function onePlace(path: string): string {
  return path.replace(/\/+/g, "/").replace(/^\/(lib|lib32|lib64|bin|sbin)(?=\/|$)/, "/usr/$1");
}

function describe({ path, rule, process }: Finding): string {
  return `${path} (${rule}, ${process.program})`;
}
