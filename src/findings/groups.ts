import { createHash } from "node:crypto";
import { toText } from "../model/byte-string.ts";
import type { CauseFlag, CauseVariable, Finding, Group } from "../model/report.ts";
import { SEVERITIES } from "../model/rule.ts";
import { MASK } from "../model/secret.ts";
import type { Diagnosis } from "./causes/diagnosis.ts";
import { foldedLinks } from "./causes/symlinks.ts";
import { placeless, type Roots } from "./fingerprint.ts";
import { isSecretName, withoutSecrets } from "./privacy/secrets.ts";

/** Flags and variables that one group names; a build with more has one cause less than it seems. */
const MOST_NAMED = 12;

/** The id of the group that a diagnosis belongs to: the same for the same cause in another folder, on another day. */
export function groupIdOf({ kind, key }: Diagnosis, roots: Roots): string {
  const words = key.split(" ").map((word) => {
    const path = word.indexOf("/");
    return path < 0 ? word : word.slice(0, path) + placeless(word.slice(path), roots);
  });
  return createHash("sha256")
    .update(`${kind}\0${words.join(" ")}`)
    .digest("hex")
    .slice(0, 12);
}

/** The groups of findings that share a cause, the worst first; fix lines are another stage's. */
export function groupsOf(
  diagnosed: readonly (readonly [finding: Finding, diagnosis: Diagnosis])[],
  roots: Roots,
): readonly Group[] {
  const sysroots = roots.sysroots.map(toText);
  const members = new Map<string, (readonly [Finding, Diagnosis])[]>();
  for (const [finding, diagnosis] of diagnosed) {
    const id = finding.group ?? "";
    const known = members.get(id);
    if (known === undefined) members.set(id, [[finding, diagnosis]]);
    else known.push([finding, diagnosis]);
  }
  return [...members].map(([id, list]) => groupOf(id, list, sysroots)).sort(byImportance);
}

function groupOf(
  id: string,
  members: readonly (readonly [Finding, Diagnosis])[],
  sysroots: readonly string[],
): Group {
  const diagnoses = members.map(([, diagnosis]) => diagnosis);
  const kind = diagnoses[0]?.kind ?? "unknown";
  const severities = new Set(members.map(([finding]) => finding.severity));
  const flags = kind === "symlink" ? foldedLinks(flagsOf(diagnoses), sysroots) : flagsOf(diagnoses);
  return {
    id,
    title: withoutSecrets(kind === "symlink" ? symlinksTitle(flags) : titleOf(diagnoses)),
    cause: {
      kind,
      variables: variablesOf(diagnoses).slice(0, MOST_NAMED).map(masked),
      flags: flags.slice(0, MOST_NAMED).map(({ flag, at }) => ({ flag: withoutSecrets(flag), at })),
    },
    severity: SEVERITIES.find((severity) => severities.has(severity)) ?? "note",
    findings: members.map(([finding]) => finding.fingerprint),
    fix: [],
  };
}

function masked(variable: CauseVariable): CauseVariable {
  const { name, value } = variable;
  if (value === null) return variable;
  return { ...variable, value: isSecretName(name) ? MASK : withoutSecrets(value) };
}

function symlinksTitle([first, ...others]: readonly CauseFlag[]): string {
  return others.length === 0
    ? `The symlink ${first?.flag} leads to the build host`
    : `${others.length + 1} symlinks lead to the build host`;
}

/** The title of the diagnosis that knows most; of equals, the same one whatever came first in the log. */
function titleOf(diagnoses: readonly Diagnosis[]): string {
  const knownBy = ({ variables, flags }: Diagnosis) => variables.length + flags.length;
  const most = diagnoses.reduce((best, each) => Math.max(best, knownBy(each)), 0);
  const titles = diagnoses.flatMap((each) => (knownBy(each) === most ? [each.title] : []));
  return titles.sort()[0] ?? "";
}

/** Each variable once, with the first of its places. */
function variablesOf(diagnoses: readonly Diagnosis[]): readonly CauseVariable[] {
  return firsts(
    diagnoses.flatMap(({ variables }) => variables),
    ({ name, state }) => `${state} ${name}`,
  );
}

function flagsOf(diagnoses: readonly Diagnosis[]): readonly CauseFlag[] {
  return firsts(
    diagnoses.flatMap(({ flags }) => flags),
    ({ flag }) => flag,
  );
}

function firsts<T extends CauseFlag | CauseVariable>(
  all: readonly T[],
  nameOf: (each: T) => string,
): readonly T[] {
  const best = new Map<string, T>();
  for (const each of all) {
    const name = nameOf(each);
    const known = best.get(name);
    if (known === undefined || lineOf(each) < lineOf(known)) best.set(name, each);
  }
  return [...best.values()];
}

function lineOf({ at }: CauseFlag | CauseVariable): number {
  return at?.line ?? Number.POSITIVE_INFINITY;
}

function byImportance(a: Group, b: Group): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    b.findings.length - a.findings.length ||
    (a.id < b.id ? -1 : 1)
  );
}
