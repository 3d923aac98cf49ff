import type { Actor } from "../../model/actor.ts";
import type { ByteString } from "../../model/byte-string.ts";
import { type Artifact, type Facts, isForeign, type Side, type Zone } from "../../model/facts.ts";
import type { Machine } from "../../model/machine.ts";
import { baseName, isWithin, mergeUsr } from "../../model/path.ts";
import type { Sighting } from "../../model/sighting.ts";
import { artifactOf, isCrate, isPreprocessed } from "../names/artifacts.ts";
import { machineOfTriple } from "../names/machines.ts";
import { chainOf, placeOf } from "../observe/actors.ts";
import { isShippedWithTargetCode } from "./images.ts";
import type { Scene } from "./scene.ts";
import { isPrintedForAnswer, isRewritten, isShipped } from "./shipped.ts";
import { sideOfSighting } from "./side-of-sighting.ts";

/** The facts of one sighting, or null when it lies where nothing can be a leak. */
export function factsOf(sighting: Sighting, scene: Scene): Facts | null {
  const asked = scene.paths.text(sighting.path);
  const real = sighting.real === 0 ? asked : scene.paths.text(sighting.real);
  const zone = zoneOf(asked, real, sighting, scene);
  const stripped = stripperOf(sighting, zone, scene);
  if (stripped !== null) return stripped;
  if (zone === "native-sysroot" && placeOf(real) === "host") return null;
  if (isOwnFolder(sighting.actor, real, zone, scene)) return null;
  const maker = sideOfMaker(sighting, scene);
  const isHostMade = zone === "build" && maker === "host" && !isLeftToOthers(sighting, real);
  if (!isForeign(zone) && !(isHostMade && takesCode(sighting, real, scene))) return null;
  const isPrinted = sighting.use === "copy" && !isShipped(sighting, real, scene);
  if (isPrinted && !isPrintedForAnswer(sighting, real)) return null;
  const use = isPrinted ? "read" : isRewritten(sighting, real, scene) ? "copy" : sighting.use;
  const path = mergeUsr(real);
  const { actor } = sighting;
  const requested = scene.paths.text(sighting.requested);
  const artifact = sighting.outcome === "executed" ? "config" : artifactIn(sighting, path);
  return {
    path,
    requested: requested === "" || requested === path ? null : requested,
    zone,
    use,
    side: sideOfSighting(sighting, artifact, path, scene),
    artifact,
    outcome: isPrinted ? "opened" : sighting.outcome,
    role: actor.role,
    program: actor.program === null ? "unknown" : baseName(actor.program),
    ancestors: actor.parent === null ? [] : [...chainOf(actor.parent)].reverse(),
    rejected: isRejected(sighting, artifact, scene),
    hint: artifact === "pkgconfig" && scene.hints.has(sighting, path),
    throughSymlink: zone !== "sysroot" && ledThroughSysroot(asked, real, scene),
    maker,
    archNeutral: /\/share\//.test(path) || scene.sharedHeaders.hasScript(path),
    targetTriple: scene.zones.hasTargetTriple(path),
    sameMachine: scene.sameMachine,
  };
}

/**
 * True for what an archiver or a strip takes: it counts where the target's linker takes what they leave. And for crates:
 * rustc looks at those of other triples, and refuses them.
 */
function isLeftToOthers({ actor, use }: Sighting, path: ByteString): boolean {
  if (actor.role === "rustc") return isCrate(path);
  return actor.role === "archiver" || (actor.role === "strip" && use === "link");
}

/** The host's strip or objcopy, where what it worked on was made for the target: told is the program. Null for all else. */
function stripperOf(sighting: Sighting, zone: Zone, scene: Scene): Facts | null {
  const { actor, maker } = sighting;
  if (actor.role !== "strip" || actor.program === null || maker === null || isForeign(zone))
    return null;
  const { triple, name } = actor.tool;
  const toolZone = scene.zones.zoneOf(actor.program);
  // LLVM's know every machine.
  if (triple !== null || name.startsWith("llvm") || (toolZone !== "host" && toolZone !== "home"))
    return null;
  if (sideOfMaker(sighting, scene) !== "target") return null;
  return {
    path: mergeUsr(actor.program),
    requested: null,
    zone: toolZone,
    use: "execute",
    side: "target",
    artifact: "config",
    outcome: "executed",
    role: actor.role,
    program: baseName(actor.program),
    ancestors: actor.parent === null ? [] : [...chainOf(actor.parent)].reverse(),
    rejected: false,
    throughSymlink: false,
    maker: null,
    archNeutral: false,
    hint: false,
    targetTriple: false,
    sameMachine: scene.sameMachine,
  };
}

function sideOfMaker({ maker, path }: Sighting, scene: Scene): Side | null {
  return maker === null || scene.observer.provenance.isGuessed(path)
    ? null
    : scene.madeFor(maker, path);
}

/** What a linker made that has no ending is a program, wherever it lies. */
function artifactIn({ maker }: Sighting, path: ByteString): Artifact {
  const artifact = artifactOf(path);
  return artifact === "other" && maker?.actor.role === "linker" ? "program" : artifact;
}

/** Objects are code, and so is a source that the host's preprocessor put host headers into. */
function takesCode(sighting: Sighting, path: ByteString, scene: Scene): boolean {
  const { use, maker } = sighting;
  if (use === "copy") return isShippedWithTargetCode(scene.copies.of(sighting), scene);
  if (use !== "compile" || maker === null) return use === "link";
  return isPreprocessed(path) && maker.sightings.some((header) => isAskedFor(header, scene));
}

/** A header that the source asked for: stdc-predef.h comes in by itself, and says nothing. */
function isAskedFor({ use, path }: Sighting, scene: Scene): boolean {
  return use === "compile" && baseName(scene.paths.text(path)) !== "stdc-predef.h";
}

/**
 * The folder of the compiler itself, which only an exec would show: on a board of the host's kind it may be the host's,
 * and the compilers for an SDK's machine lie in native sysroots.
 */
function isOwnFolder(
  { evidence }: Actor,
  path: ByteString,
  zone: Zone,
  { sameMachine }: Scene,
): boolean {
  const may = sameMachine || zone === "native-sysroot";
  return may && evidence.compiler !== null && isWithin(path, evidence.compiler);
}

function ledThroughSysroot(asked: ByteString, real: ByteString, scene: Scene): boolean {
  return real === asked ? scene.linkTo(asked) !== null : scene.zones.zoneOf(asked) === "sysroot";
}

function zoneOf(asked: ByteString, real: ByteString, sighting: Sighting, scene: Scene): Zone {
  const zone = scene.zones.zoneOf(real);
  // What this build itself wrote is its own, wherever it lies; but a native sysroot stays one while it is filled.
  if (sighting.maker !== null && OTHERS.has(zone)) return "build";
  if (real !== asked && isForeign(zone) && isMovedSysroot(asked, real, scene)) return "sysroot";
  if (zone === "host" && scene.sharedHeaders.has(mergeUsr(real))) return "sysroot";
  return zone;
}

/** Zones in which a build may write that nobody knew of. */
const OTHERS: ReadonlySet<Zone> = new Set(["host", "home", "source", "temporary"]);

/** True when the whole sysroot lies elsewhere (/home is a link to /data/home), so that its files are still its own. */
function isMovedSysroot(asked: ByteString, real: ByteString, scene: Scene): boolean {
  const root = scene.layout.sysroots.find((sysroot) => isWithin(asked, sysroot));
  if (root === undefined) return false;
  const below = mergeUsr(asked.slice(root.length));
  const inside = mergeUsr(real);
  if (!inside.endsWith(below)) return false;
  const moved = inside.slice(0, inside.length - below.length);
  return moved !== "" && !/^\/(?:usr(?:\/local)?|opt)$/.test(moved);
}

/** Found by searching, made for another machine: bfd, gold and mold pass over it. On one machine nothing is ever skipped. */
function isRejected(sighting: Sighting, artifact: Artifact, scene: Scene): boolean {
  if (sighting.fate === "taken" || sighting.fate === "none") return false;
  if (artifact === "pkgconfig") return true;
  if (scene.sameMachine) return false;
  const { machines } = scene.observer;
  const machine = machines.get(sighting.real) ?? machines.get(sighting.path);
  const known = machine ?? machineOfFolder(scene.paths.text(sighting.path));
  if (known === null) return sighting.fate === "searched";
  return known !== (sighting.actor.evidence.machine ?? scene.layout.targetMachine);
}

/** The machine that a library folder's name tells: /usr/lib32 and multiarch folders. */
function machineOfFolder(path: ByteString): Machine | null {
  if (/^\/(?:usr\/)?lib32\//.test(path)) return "i386";
  const triple = /\/lib\/([^/]+-linux-[^/]+)\//.exec(path)?.[1];
  return triple === undefined ? null : machineOfTriple(triple);
}
