import type { ByteString } from "../../model/byte-string.ts";
import type { Machine } from "../../model/machine.ts";
import { baseName, isWithin, normalise, parentFolder } from "../../model/path.ts";
import { libcRoot, libcRoots } from "../names/libc-roots.ts";
import { isTriple, machineOfTriple } from "../names/machines.ts";
import { placeOf } from "../names/places.ts";
import type { Observer } from "../observe/observer.ts";
import { buildDirsOf, projectsOf } from "./build-folders.ts";
import { compilersOf } from "./compiler-folders.ts";
import { completionsOf, isCut } from "./cut-sysroots.ts";
import { hostOf } from "./host.ts";
import { ownKind, targetOf } from "./target.ts";
import { targetSettingsOf } from "./target-settings.ts";
import type { Layout } from "./zones.ts";

/** What the user said of the build; the rest is inferred. */
export interface GivenLayout
  extends Pick<Layout, "target" | "sysroots" | "nativeSysroots" | "toolchains" | "buildDirs"> {
  readonly host: string | null;
}

/** The layout that the judgement uses, and the names of the parts that nobody gave, or gave in part. */
export interface Inferred {
  readonly layout: Layout;
  readonly inferred: readonly string[];
  /** Toolchains worth telling: none below one that was given. */
  readonly toolchains: readonly ByteString[];
  /** Those of them that the log shows beside what was given. */
  readonly added: readonly ByteString[];
}

/** Completes the layout from the trace: arguments and environment first, then the shapes of paths. */
export function inferLayout(given: GivenLayout, observer: Observer): Inferred {
  const inferred: string[] = [];
  const folders = (
    name: keyof GivenLayout & string,
    told: readonly ByteString[],
    infer: () => readonly ByteString[],
  ) => {
    if (told.length > 0) return told.map(normalise);
    const found = infer();
    if (found.length > 0) inferred.push(name);
    return found;
  };
  const triple = <T extends string | null>(name: string, told: string | null, infer: () => T) => {
    const found = told ?? infer();
    if (told === null && found !== null) inferred.push(name);
    return found;
  };
  const host = triple("host", given.host, () => hostOf(observer));
  const hostMachine = machineOfTriple(host) ?? "x86_64";
  const shapes = placesOf(observer);
  const buildDirs = folders("buildDirs", given.buildDirs, () => buildDirsOf(observer));
  const sysroots = folders("sysroots", given.sysroots, () =>
    sysrootsOf(observer, shapes, hostMachine),
  );
  const native = folders("nativeSysroots", given.nativeSysroots, () => shapes.native);
  const target = triple(
    "target",
    given.target,
    () => targetOf(observer, hostMachine, sysroots, buildDirs) ?? ownKind(observer, sysroots, host),
  );
  const targetMachine = target === null ? null : machineOfTriple(target);
  const own = compilersOf(observer, targetMachine, hostMachine, sysroots, native);
  const toolchains = folders("toolchains", given.toolchains, () => own.toolchains);
  const added = own.toolchains.filter(
    (folder) => !toolchains.some((root) => isWithin(folder, root)),
  );
  if (added.length > 0) inferred.push("toolchains");
  const layout: Layout = {
    host,
    hostMachine,
    target,
    targetMachine,
    sysroots,
    nativeSysroots: native,
    toolchains: [...new Set([...toolchains, ...own.toolchains])],
    buildDirs,
    // Who names the build folder names no sources: Buildroot's overrides and CMake's lie wherever their developer works.
    sources: given.buildDirs.length > 0 ? projectsOf(observer) : [],
    compilerPrefixes: own.prefixes,
    targetSettings: targetSettingsOf(observer),
  };
  return { layout, inferred, toolchains: [...toolchains, ...added], added };
}

interface Shapes {
  readonly sysroots: ReadonlyMap<ByteString, string | null>;
  readonly native: readonly ByteString[];
}

/**
 * Sysroots by the shape of any path that was met. A toolchain that was moved still asks for the folder that it was
 * built for: a sysroot of which nothing is there counts only where there is no other.
 */
function placesOf(observer: Observer): Shapes {
  const sysroots = new Map<ByteString, string | null>();
  const absent = new Map<ByteString, string | null>();
  const native = new Set<ByteString>();
  const folders = new Set<ByteString>();
  const missed = new Set<ByteString>();
  for (let id = 1; id < observer.paths.size; id++) {
    const path = observer.paths.text(id);
    if (path.charCodeAt(0) !== 0x2f) continue;
    const folder = parentFolder(path);
    if (folders.has(folder)) continue;
    const isMissing = observer.classes.seen(id) === false;
    if (isMissing && missed.has(folder)) continue;
    (isMissing ? missed : folders).add(folder);
    const place = placeOf(path);
    if (place?.zone === "sysroot") (isMissing ? absent : sysroots).set(place.root, place.triple);
    else if (place?.zone === "native-sysroot") native.add(place.root);
  }
  return { sysroots: sysroots.size > 0 ? sysroots : absent, native: [...native].sort() };
}

/** `--sysroot` of tools that are not the host's, variables that name one, and known shapes. */
function sysrootsOf(
  observer: Observer,
  shapes: Shapes,
  hostMachine: Machine,
): readonly ByteString[] {
  const found = new Set<ByteString>(shapes.sysroots.keys());
  const cut = new Set<ByteString>();
  for (const actor of observer.actors.all) {
    const { sysroot, machine } = actor.evidence;
    if (
      sysroot !== null &&
      actor.role !== "pkg-config" &&
      isPossible(sysroot) &&
      (machine !== hostMachine || placeOf(sysroot)?.zone !== "native-sysroot")
    )
      if (isCut(sysroot, actor.first)) cut.add(sysroot);
      else found.add(sysroot);
    const { environment } = actor.first;
    for (const name of [
      "PKG_CONFIG_SYSROOT_DIR",
      "SDKTARGETSYSROOT",
      "OECORE_TARGET_SYSROOT",
      "CROSS_SYSROOT",
      "SYSROOT",
    ]) {
      const value = environment?.variables?.get(name);
      if (value?.startsWith("/") !== true || !isPossible(value)) continue;
      (environment?.cut.has(name) === true ? cut : found).add(normalise(value));
    }
  }
  const known = [...found];
  for (const beginning of cut)
    if (!known.some((root) => root.startsWith(beginning)))
      for (const root of completionsOf(beginning, observer)) found.add(root);
  if (found.size === 0) for (const root of untoldRoots(observer, hostMachine)) found.add(root);
  return [...found].filter((root) => placeOf(root)?.zone !== "native-sysroot").sort();
}

/** Sysroots that no argument names, by what was taken from them. */
function untoldRoots(observer: Observer, hostMachine: Machine): readonly ByteString[] {
  const { showsExecs, beginsWithExec } = observer.features;
  // Before its first exec, a log that begins in the middle of a build is one without execs.
  if (!showsExecs || beginsWithExec === false)
    return libcRoots(observer, targetOf(observer, hostMachine, [], []) !== null);
  // -I and -L alone lead there: whose C library another machine's compiler takes, that is the target's.
  const roots = new Set<ByteString>();
  for (const { actor, path } of observer.sightings.all()) {
    const { machine } = actor.evidence;
    if (machine === null || machine === hostMachine) continue;
    const root = libcRoot(observer.paths.text(path));
    // A toolchain's own folder for its target is the toolchain's.
    if (root !== null && !isTriple(baseName(root))) roots.add(root);
  }
  return [...roots];
}

function isPossible(folder: ByteString): boolean {
  return (
    folder !== "/" &&
    folder !== "" &&
    placeOf(folder)?.zone !== "native-sysroot" &&
    !/^\/(?:usr|etc|proc|sys|dev|tmp)\/?$/.test(folder)
  );
}
