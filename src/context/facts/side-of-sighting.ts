import type { Actor } from "../../model/actor.ts";
import type { ByteString } from "../../model/byte-string.ts";
import type { Artifact, Side } from "../../model/facts.ts";
import type { Sighting } from "../../model/sighting.ts";
import type { Scene } from "./scene.ts";

/**
 * For which machine a file was used: that of its user, but that those who configure a build for the target ask for its
 * host tools too.
 */
export function sideOfSighting(
  sighting: Sighting,
  artifact: Artifact,
  path: ByteString,
  scene: Scene,
): Side {
  const { actor } = sighting;
  const side = scene.sides.sideOf(actor);
  // Where nothing tells who asked, what became of the answer does.
  if (side === "unknown" && artifact === "pkgconfig" && scene.hostTools.askedForTarget(sighting))
    return "target";
  if (side !== "target") return side;
  if (actor.role === "config-script") return sideOfScript(sighting, path, scene);
  return sighting.use === "configure" ? sideOfSearch(sighting, artifact, path, scene) : side;
}

/**
 * cmake's own modules ask scripts for hints, and search the sysroot for what they name: FindPython runs python3-config
 * whatever the toolchain file says.
 */
function sideOfScript({ actor }: Sighting, path: ByteString, scene: Scene): Side {
  const { hostTools } = scene;
  if (hostTools.linked(path) || hostTools.included(path)) return "host";
  // Without forks in the log, who asks cannot be told.
  const isAsked = actor.parent !== null && scene.observer.features.showsForks;
  const isHint = actor.parent?.role === "cmake" || !isAsked || mayBeLost(actor, scene);
  return isHint && !hostTools.areNotAloneWith(path) ? "unknown" : "target";
}

/** True where the host tool that was asked for may be in the lines that are missing. */
function mayBeLost(actor: Actor, { observer, sides }: Scene): boolean {
  return observer.features.hasHoles && sides.isAssumed(actor);
}

function sideOfSearch(
  sighting: Sighting,
  artifact: Artifact,
  path: ByteString,
  scene: Scene,
): Side {
  const { hostTools } = scene;
  const { role, program, evidence } = sighting.actor;
  const isTheirs = hostTools.linked(path) && !hostTools.askedForTarget(sighting);
  if (artifact === "pkgconfig" && (isTheirs || hostTools.required(sighting))) return "host";
  const isLost = artifact === "pkgconfig" && mayBeLost(sighting.actor, scene);
  if (isLost && !hostTools.areNotAloneWith(path)) return "unknown";
  if (program !== null) return "target";
  // Without an exec nothing tells one cmake from another: what only host compilers went on to use was asked for them.
  if (isTheirs || hostTools.own(sighting.path)) return "unknown";
  // One that never looked into a sysroot may configure a host tool of the same build.
  const looksAway = role === "cmake" && evidence.sysroot === null;
  return looksAway && !hostTools.shareWithTarget(sighting.path) ? "unknown" : "target";
}
