import { type ByteString, toText } from "../../model/byte-string.ts";
import type { Leak } from "../../model/leak.ts";
import { isWithin, mergeUsr, normalise, parentFolder } from "../../model/path.ts";
import type { BuildContext } from "../build-context.ts";
import { culpritOf } from "../culprit.ts";
import { configurationOf } from "./configuration.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { type Lineage, lineageOf, nameOf, placeOf } from "./lineage.ts";
import { absentVariables, lostVariables, type Standings, unsetAt } from "./lost-variables.ts";
import { NEEDED, neededIn } from "./pkg-config-variables.ts";
import { spellingsOf } from "./spellings.ts";
import { firstWith, standingOf } from "./standing.ts";
import { shortName } from "./words.ts";
import { wrongVariable } from "./wrong-variable.ts";

/** Why pkg-config answered from the host. Null for other tools. */
export function pkgConfigCause(leak: Leak, context: BuildContext): Diagnosis | null {
  const { actor, path } = leak.sightings[0];
  if (actor.role !== "pkg-config") return null;
  const lineage = askedOf(lineageOf(culpritOf(leak)));
  const asked = context.paths.text(path);
  const standings = standingsIn(lineage, context);
  return (
    ledThere(lineage, asked) ??
    lostVariables(lineage, standings) ??
    hardWired(leak, lineage, context) ??
    missingPackage(leak, lineage, standings, context) ??
    configurationOf(leak, context, true) ??
    hiddenPath(lineage, parentFolder(asked)) ??
    absentVariables(lineage, absentOf(standings), "pkg-config")
  );
}

/** How the variables stand that it needs, and what else it needed by the word of those who had set it. */
function standingsIn(lineage: Lineage, context: BuildContext): Standings {
  const needed = neededIn(context);
  return new Map(
    NEEDED.map((name) => {
      const spellings = spellingsOf(name, lineage, context.layout.target);
      return [name, standingOf(lineage, name, spellings)] as const;
    }).filter(([name, { state }]) => needed.includes(name) || state === "lost"),
  );
}

/**
 * The lineage from the pkg-config on that was asked. Fedora's is a script that sets the host's folders itself, unless
 * it was given others, and becomes pkgconf.
 */
function askedOf(lineage: Lineage): Lineage {
  const [tracee, wrapper, ...above] = lineage;
  const isWrapped =
    wrapper !== undefined &&
    wrapper.pid !== null &&
    wrapper.pid === tracee.pid &&
    SYSTEMS.test(wrapper.program ?? "");
  return isWrapped ? askedOf([wrapper, ...above]) : lineage;
}

const SYSTEMS = /^(?:\/usr)?\/bin\/(?:[^/]+-)?pkg-config$/;

/** A search path that names the folder of the file. */
function ledThere(lineage: Lineage, asked: ByteString): Diagnosis | null {
  const variables = lineage[0].environment?.variables;
  for (const name of ["PKG_CONFIG_PATH", "PKG_CONFIG_LIBDIR"]) {
    const value = variables?.get(name);
    const element = value?.split(":").find((folder) => isSame(folder, parentFolder(asked)));
    if (value !== undefined && element !== undefined)
      return (
        prefixOfCmake(lineage, name, value, element) ??
        wrongVariable("lost-variable", lineage, name, value, element)
      );
  }
  return null;
}

/** The prefix that cmake made the element from: pkg_check_modules hands its CMAKE_PREFIX_PATH on (FindPkgConfig). */
function prefixOfCmake(
  lineage: Lineage,
  name: string,
  value: ByteString,
  element: ByteString,
): Diagnosis | null {
  const setter = lineage[lineage.indexOf(firstWith(lineage, name, value)) + 1];
  if (setter === undefined || nameOf(setter) !== "cmake") return null;
  const above = lineage.slice(lineage.indexOf(setter) + 1);
  const prefixes = setter.environment?.variables?.get(PREFIX_PATH);
  const prefix = prefixes?.split(":").find((each) => isPrefixOf(each, element));
  if (prefixes === undefined || prefix === undefined) return null;
  return wrongVariable("lost-variable", [setter, ...above], PREFIX_PATH, prefixes, prefix);
}

function isPrefixOf(prefix: ByteString, folder: ByteString): boolean {
  return prefix.startsWith("/") && isWithin(mergeUsr(folder), mergeUsr(normalise(prefix)));
}

const PREFIX_PATH = "CMAKE_PREFIX_PATH";

function isSame(folder: ByteString, other: ByteString): boolean {
  return folder.startsWith("/") && mergeUsr(normalise(folder)) === mergeUsr(other);
}

/** The host's own pkg-config, named by its whole path, in a build that brings one. */
function hardWired({ facts }: Leak, lineage: Lineage, context: BuildContext): Diagnosis | null {
  const [{ argv, program, environment }] = lineage;
  if (environment?.variables?.has("PKG_CONFIG_LIBDIR") === true || program === null) return null;
  const native = context.layout.nativeSysroots.find((root) => !isWithin(program, root));
  if (native === undefined || argv?.[0]?.startsWith("/") !== true) return null;
  if (context.zoneOf(program) !== "host" || facts.rejected) return null;
  return {
    kind: "host-program",
    key: `program ${program}`,
    title: `The build host's ${program} ran, by its whole path, instead of the build's own`,
    variables: absentNames(lineage).map((name) => unsetAt(name, lineage)),
    flags: [{ flag: program, at: placeOf(lineage[1] ?? lineage[0]) }],
  };
}

/** The sysroot was in effect, has no such package, and the search went on to the host. */
function missingPackage(
  { expected, facts }: Leak,
  lineage: Lineage,
  standings: Standings,
  { zoneOf, layout }: BuildContext,
): Diagnosis | null {
  const name = "PKG_CONFIG_SYSROOT_DIR";
  const sysroot = standings.get(name);
  if (sysroot?.state !== "set") return null;
  const isCut = lineage[0].environment?.cut.has(name) === true;
  const mayBe = isCut && layout.sysroots.some((root) => root.startsWith(sysroot.value));
  if (!mayBe && zoneOf(normalise(sysroot.value)) !== "sysroot") return null;
  if (expected === null || expected.exists || !expected.known) return null;
  return {
    kind: "missing-dependency",
    key: `missing ${shortName(facts.path)}`,
    title: `The sysroot has no ${shortName(facts.path)}, so ${nameOf(lineage[0])} went on to the host's`,
    variables: absentNames(lineage).map((name) => unsetAt(name, lineage)),
    flags: [],
  };
}

/**
 * A folder that no pkg-config searches by itself, where the log shows no environments: a variable leads there, and so
 * does a build of pkg-config's own prefix.
 */
function hiddenPath(lineage: Lineage, folder: ByteString): Diagnosis | null {
  const [{ environment, program }] = lineage;
  if (environment?.variables || DEFAULT_FOLDER.test(folder)) return null;
  const prefix = program === null ? "" : parentFolder(parentFolder(program));
  if (prefix === "" || isWithin(mergeUsr(folder), mergeUsr(prefix))) return null;
  const name = nameOf(lineage[0]);
  return {
    kind: "unknown",
    key: `hidden search path of ${name} to ${folder}`,
    title: `PKG_CONFIG_PATH or PKG_CONFIG_LIBDIR must lead ${name} to ${toText(folder)}; the log shows neither`,
    variables: [],
    flags: [],
  };
}

const DEFAULT_FOLDER =
  /^\/usr\/(?:local\/)?(?:lib(?:64|32)?(?:\/[^/]+-linux-[^/]+)?|share)\/pkgconfig$/;

function absentNames(lineage: Lineage): readonly string[] {
  const variables = lineage[0].environment?.variables;
  if (!variables) return [];
  return NEEDED.filter((name) => (variables.get(name) ?? "") === "");
}

/** What is known not to be set; when nobody knows, a file from the default folders tells that LIBDIR was not in effect. */
function absentOf(standings: Standings): readonly string[] {
  const names = [...standings.keys()];
  const unset = names.filter((name) => standings.get(name)?.state === "unset");
  return unset.length > 0 ? unset : names;
}
