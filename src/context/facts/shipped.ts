import type { ByteString } from "../../model/byte-string.ts";
import { baseName } from "../../model/path.ts";
import type { PathId } from "../../model/path-table.ts";
import type { Sighting } from "../../model/sighting.ts";
import { isConsulted } from "../names/consulted.ts";
import { TEXT_TOOL } from "../observe/uses.ts";
import { IMAGE_FILE, isForHost, isImage } from "./images.ts";
import { isOwnSettings } from "./own-settings.ts";
import type { Scene } from "./scene.ts";

/** True when a copy of the file at `path` went into what the target will get, or was compiled or linked for it. */
export function isShipped(sighting: Sighting, path: ByteString, scene: Scene): boolean {
  const text = (copy: PathId) => scene.paths.text(copy);
  if (isOwnSettings(sighting, path, scene)) return false;
  const copies = scene.copies.of(sighting);
  // Of what a packer wrote that nobody knows, only a file system or archive by its name is a copy of its inputs.
  if (isUnknownPacker(sighting)) return copies.some((copy) => IMAGE_FILE.test(text(copy)));
  const isNative = scene.zones.zoneOf(path) === "native-sysroot";
  const isInImage = (copy: PathId) =>
    isImage(text(copy), scene) && !(isNative && isForHost(text(copy), scene));
  const { classes, provenance } = scene.observer;
  // resolv.conf is lent to a chroot, and taken out again before it is packed.
  if (classes.isEveryday(sighting.path))
    return copies.some((copy) => isInImage(copy) && provenance.makerOf(copy) !== undefined);
  if (copies.length > 0)
    return copies.some((copy) => isInImage(copy) || scene.isUsedByTarget(copy));
  if (isPutIntoImage(sighting)) return true;
  // rsync -L and cp -L write the link's name.
  const names = new Set([path, text(sighting.path)].map(baseName));
  const isWritten = isTextTool(sighting) ? (copy: PathId) => isByShell(copy, scene) : () => true;
  return [...names].some((name) =>
    scene.copies.named(name).some((copy) => isInImage(copy) && isWritten(copy)),
  );
}

/** What sed and its like print goes where their shell sends it; what `install` wrote came from a file that it read. */
function isByShell(copy: PathId, scene: Scene): boolean {
  return scene.observer.provenance.makerOf(copy)?.actor.role === "shell";
}

/** mcopy puts files into a file system that is there already: it opens it for both, and makes nothing. */
function isPutIntoImage({ actor, tracee }: Sighting): boolean {
  return actor.tool.name === "mcopy" && tracee.argv?.at(-1)?.startsWith("::") === true;
}

/** A header that sed or cat looked at, and that lies in the image under the same name afterwards. */
export function isRewritten(sighting: Sighting, path: ByteString, scene: Scene): boolean {
  return sighting.use === "configure" && isTextTool(sighting) && isShipped(sighting, path, scene);
}

/** `$(cat /etc/hostname)`: the file went nowhere, and what it says did. */
export function isPrintedForAnswer(sighting: Sighting, path: ByteString): boolean {
  return isTextTool(sighting) && isConsulted(path);
}

/** A program that no list has; sed and its like rewrite what they read. */
function isUnknownPacker(sighting: Sighting): boolean {
  return sighting.actor.role === "other" && sighting.copies.length === 0 && !isTextTool(sighting);
}

function isTextTool({ actor }: Sighting): boolean {
  return TEXT_TOOL.test(baseName(actor.program ?? ""));
}
