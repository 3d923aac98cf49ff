import { type ByteString, toText } from "../../model/byte-string.ts";
import type { Leak } from "../../model/leak.ts";
import { isWithin, mergeUsr } from "../../model/path.ts";
import type { BuildContext } from "../build-context.ts";
import type { Diagnosis } from "./diagnosis.ts";

/** An absolute symlink in the sysroot leads to the host. Null when no link was followed. */
export function symlinkCause(leak: Leak, context: BuildContext): Diagnosis | null {
  if (!leak.facts.throughSymlink) return null;
  const { path, real } = leak.sightings[0];
  const opened = context.paths.text(path);
  const arrived = real === 0 ? opened : context.paths.text(real);
  const asked = opened === arrived ? (context.wayThroughSysroot(opened) ?? opened) : opened;
  const sysroot = context.layout.sysroots.find((root) => isWithin(asked, root)) ?? "";
  const { link, destination } = linkBetween(asked, arrived, sysroot);
  const text = `${toText(link)} -> ${toText(destination)}`;
  return {
    kind: "symlink",
    key: `symlink in ${sysroot}`,
    title: `The symlink ${text} leads out of the sysroot`,
    variables: [],
    flags: [{ flag: text, at: null }],
  };
}

/**
 * The link, as far as its two ends tell: what both have in common at the end lies behind it. A folder that is
 * the same in both worlds (`<sysroot>/usr/include` and `/usr/include`) is more likely no link itself.
 */
function linkBetween(
  asked: ByteString,
  arrived: ByteString,
  sysroot: ByteString,
): { readonly link: ByteString; readonly destination: ByteString } {
  if (mergeUsr(asked.slice(sysroot.length)) === mergeUsr(arrived))
    return { link: asked, destination: arrived };
  const from = asked.split("/");
  const to = arrived.split("/");
  let same = 0;
  while (same < Math.min(from.length, to.length) - 1 && from.at(-1 - same) === to.at(-1 - same))
    same++;
  const cut = (parts: readonly string[]) => parts.slice(0, parts.length - same).join("/");
  return same === 0 || cut(to).length < 2 || isShared(cut(from), sysroot)
    ? { link: asked, destination: arrived }
    : { link: cut(from), destination: cut(to) };
}

/** True for the sysroot itself and for the folders that every system has. */
function isShared(folder: ByteString, sysroot: ByteString): boolean {
  return /^(?:\/usr)?(?:\/(?:lib|lib64|include|share))?$/.test(folder.slice(sysroot.length));
}
