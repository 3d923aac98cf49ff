import type { Finding, Group, Report } from "../../model/report.ts";
import { providerOf } from "../providers.ts";
import type { Remedy, Site } from "../remedy.ts";
import { hostProgramRemedies } from "./host-program.ts";
import { missingFlagRemedies } from "./missing-flag.ts";
import { storePackage } from "./store-package.ts";
import { strayFlagRemedies } from "./stray-flag.ts";
import { handedOn, variableRemedies } from "./variables.ts";

/**
 * What one group calls for: where its cause tells nothing to do, what the rules say. So it is too for headers of an
 * interpreter: who builds its extensions puts the flag there, and asks it what to put.
 */
export function remediesFor(
  group: Group,
  findings: readonly Finding[],
  { rules }: Pick<Report, "rules">,
  site: Site,
): readonly Remedy[] {
  const remedies = remediesOfCause(group, findings, site);
  const { kind, variables } = group.cause;
  const isAsked =
    kind === "stray-flag" &&
    variables.length === 0 &&
    findings.every(({ rule }) => OF_INTERPRETER.test(rule));
  if (remedies.length > 0 && !isAsked) return remedies;
  const said = [...new Set(findings.map(({ rule }) => rule))].flatMap((id): readonly Remedy[] => {
    const fix = rules.find((rule) => rule.id === id)?.fix;
    return fix === undefined ? [] : [{ act: "edit", what: fix }];
  });
  return [...said, ...remedies];
}

/** Packs whose rules tell how an extension's build learns of the target's interpreter. */
const OF_INTERPRETER = /^(?:interpreters|node|perl|python)\//;

function remediesOfCause(
  group: Group,
  findings: readonly Finding[],
  site: Site,
): readonly Remedy[] {
  const { cause } = group;
  switch (cause.kind) {
    case "lost-variable":
      return [...handedOn(group), ...variableRemedies(group, site)];
    case "stray-flag":
      return strayFlagRemedies(cause, findings, site);
    case "missing-flag":
      return [...missingFlagRemedies(cause, findings), ...variableRemedies(group, site)];
    case "symlink":
      return relinked(group, findings);
    case "host-program":
      return [...hostProgramRemedies(cause, findings), ...variableRemedies(group, site)];
    case "missing-dependency":
      return [...lacking(findings), ...variableRemedies(group, site)];
    default:
      return ofStore(findings);
  }
}

/** What the rules say of sysroots helps nobody whose packages lie each in a folder of its own. */
function ofStore(findings: readonly Finding[]): readonly Remedy[] {
  const packages = findings.map(({ path }) => storePackage(path));
  const known = packages.filter((each) => each !== null);
  if (known.length < packages.length) return [];
  return [...new Set(known)].map((what) => ({ act: "edit", what }));
}

function relinked({ cause }: Group, findings: readonly Finding[]): readonly Remedy[] {
  return cause.flags.flatMap(({ flag }): readonly Remedy[] => {
    const [link, target] = flag.split(" -> ");
    if (!link || !target) return [];
    const own = findings.find(({ path }) => path === target)?.expected;
    const inside = own?.exists === true && own.path !== link ? own.path : null;
    return [{ act: "relink", link, target, inside }];
  });
}

/** One file of each package that the target lacks. */
function lacking(findings: readonly Finding[]): readonly Remedy[] {
  const files = new Map<string, string>();
  for (const { path } of findings) {
    const provider = providerOf(path)?.recipe ?? path;
    if (!files.has(provider)) files.set(provider, path);
  }
  return [...files.values()].map((file) => ({ act: "depend", file }));
}
