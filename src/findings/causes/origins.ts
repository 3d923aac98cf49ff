import type { Actor } from "../../model/actor.ts";
import type { ByteString } from "../../model/byte-string.ts";
import type { Leak } from "../../model/leak.ts";
import { baseName, isWithin, mergeUsr, normalise, parentFolder } from "../../model/path.ts";
import type { Tracee } from "../../model/tracee.ts";
import type { BuildContext } from "../build-context.ts";
import { culpritOf } from "../culprit.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { isLibtoolArchive } from "./libtool.ts";
import { lineageOf } from "./lineage.ts";
import { absentVariables, lostVariables } from "./lost-variables.ts";
import { type PathFlag, reaches } from "./path-flags.ts";
import { spellingsOf } from "./spellings.ts";
import { standingOf } from "./standing.ts";

/** A process that hands out flags and was misled, and why. */
export interface Origin {
  readonly tracee: Tracee;
  /** The log that shows it; undefined when it is not known to be any certain one. */
  readonly source: string | undefined;
  readonly diagnosis: Diagnosis;
  /** True for a flag that its answer may have had. */
  couldAnswer(flag: PathFlag): boolean;
  /** True where what it found is the very file that was given: cmake's find_library, and no hint of pkg-config's. */
  found(flag: PathFlag): boolean;
}

/** True for a leak whose reader hands out flags: what follows from them follows from it. */
export function handsOutFlags(leak: Leak): boolean {
  const { role, use, rejected, outcome } = leak.facts;
  const answers = use === "configure" || outcome === "executed" || isLibtoolArchive(leak);
  return !rejected && answers && role !== "compiler";
}

/** The origins among diagnosed leaks, and every pkg-config that read the right files and answered without the sysroot. */
export function originsOf(
  diagnosed: Iterable<readonly [Leak, Diagnosis | null]>,
  context: BuildContext,
): readonly Origin[] {
  const origins: Origin[] = [];
  for (const [leak, diagnosis] of diagnosed) {
    if (diagnosis === null || !handsOutFlags(leak)) continue;
    origins.push({
      tracee: culpritOf(leak),
      source: leak.sightings[0].proofs[0]?.source,
      diagnosis,
      couldAnswer: (flag) => couldAnswer(leak, flag),
      found: (flag) => isNamed(flag) && namesOf(leak, context).includes(mergeUsr(flag.text)),
    });
  }
  for (const actor of context.actors()) {
    const origin = actor.role === "pkg-config" ? unrooted(actor, context) : null;
    if (origin !== null) origins.push(origin);
  }
  return origins;
}

/**
 * A pkg-config that was led to the target's files, which say `prefix=/usr`, and not told that /usr lies in the
 * sysroot: nothing of the host was read, and its flags lead there. Null for others, and where the log lacks environments.
 */
function unrooted(actor: Actor, context: BuildContext): Origin | null {
  const { first } = actor;
  const folders = first.environment?.variables?.get("PKG_CONFIG_LIBDIR")?.split(":") ?? [];
  if (!folders.some((folder) => context.zoneOf(normalise(folder)) === "sysroot")) return null;
  const name = "PKG_CONFIG_SYSROOT_DIR";
  const lineage = lineageOf(first);
  const standing = standingOf(lineage, name, spellingsOf(name, lineage, context.layout.target));
  if (standing.state === "set" || context.sideOf(actor) === "host") return null;
  return {
    tracee: first,
    source: undefined,
    diagnosis:
      lostVariables(lineage, new Map([[name, standing]])) ??
      absentVariables(lineage, [name], actor.role),
    couldAnswer: (flag) => isBelow(flag, "/usr") && isKept(first, flag),
    found: () => false,
  };
}

function namesOf({ sightings }: Leak, { paths }: BuildContext): readonly ByteString[] {
  return sightings.map(({ path }) => mergeUsr(paths.text(path)));
}

function couldAnswer(leak: Leak, flag: PathFlag): boolean {
  const { facts } = leak;
  switch (facts.role) {
    case "pkg-config":
      return (
        isBelow(flag, prefixOf(facts.path)) &&
        (isDefault(flag.folder)
          ? (isNamed(flag) && isOfMeson(leak)) || isKept(culpritOf(leak), flag)
          : mayHold(flag.folder, facts.path))
      );
    case "config-script":
      return isBelow(flag, mergeUsr(parentFolder(parentFolder(facts.path))));
    default:
      return reaches(flag, facts.path) || isBelow(flag, prefixOf(facts.path));
  }
}

/** `/usr` of `/usr/lib/x86_64-linux-gnu/pkgconfig/openssl.pc`: where the package was installed. */
function prefixOf(path: ByteString): ByteString {
  return mergeUsr(path).replace(/\/(?:lib(?:32|64|x32)?|share|include)\/.*$/, "");
}

function isBelow({ family, folder }: PathFlag, prefix: ByteString): boolean {
  const below = mergeUsr(folder);
  if (!isWithin(below, prefix)) return false;
  return (family === "include" ? INCLUDES : LIBRARIES).test(below.slice(prefix.length));
}

/** Below a prefix, but not below /usr/local, which is one of its own: Homebrew and glib keep headers deeper. */
const INCLUDES = /^(?!\/local\/)(?:\/[^/]+)*\/include(?:\/|$)/;
const LIBRARIES = /^(?!\/local\/)(?:\/[^/]+)*\/lib/;

/**
 * True for a folder that a .pc file's package may have its files in. Below /usr are everybody's: there the package's
 * own is called after it, more or less, as /usr/include/libxml2 is after libxml-2.0.pc.
 */
function mayHold(folder: ByteString, description: ByteString): boolean {
  if (!/^\/usr(?:\/local)?$/.test(prefixOf(description))) return true;
  const names = /\/(?:include|lib(?:32|64|x32)?)((?:\/.*)?)$/.exec(mergeUsr(folder))?.[1] ?? "";
  const letters = letterRuns(baseName(description).replace(/\.pc$/, ""));
  const own = names.replace(/^\/[^/]+-linux-[^/]+(?=\/|$)/, "").toLowerCase();
  return own === "" || letters.some((run) => own.includes(run));
}

/** Three letters in a row, of which a name is known again: "xml" of libxml-2.0. */
function letterRuns(name: string): readonly string[] {
  const words =
    name
      .toLowerCase()
      .replace(/^lib/, "")
      .match(/[a-z]+/g) ?? [];
  return words.flatMap((word) =>
    word.length < 3
      ? [word]
      : Array.from({ length: word.length - 2 }, (_, at) => word.slice(at, at + 3)),
  );
}

/** Folders that pkg-config leaves out of its answers, since every compiler searches them. */
function isDefault(folder: ByteString): boolean {
  return /^\/usr\/(?:include|lib(?:32|64|x32)?)(?:\/[^/]+-linux-[^/]+)?$/.test(mergeUsr(folder));
}

/** True for a library that was given by its whole path. */
function isNamed({ text }: PathFlag): boolean {
  return text.startsWith("/");
}

/** Meson looks the libraries up itself, and asks for the folders that pkg-config leaves out in one question of many. */
function isOfMeson({ sightings }: Leak): boolean {
  return sightings.some(({ actor }) => actor.parent?.role === "meson");
}

/** pkg-config-rs, cmake and meson ask for default folders all the same, by variables that pkg-config(1) knows. */
function isKept(tracee: Tracee, { family, folder }: PathFlag): boolean {
  if (!isDefault(folder)) return true;
  const variables = tracee.environment?.variables;
  if (!variables) return true;
  return variables.has(`PKG_CONFIG_ALLOW_SYSTEM_${family === "include" ? "CFLAGS" : "LIBS"}`);
}
