import { type ByteString, toText } from "../../model/byte-string.ts";
import type { Zone } from "../../model/facts.ts";
import type { Leak } from "../../model/leak.ts";
import { isWithin, mergeUsr } from "../../model/path.ts";
import type { CauseFlag } from "../../model/report.ts";
import type { BuildContext } from "../build-context.ts";
import type { Diagnosis } from "./diagnosis.ts";

/** A symlink in the sysroot, or in the build's own folders, leads to the host. Null when no link was followed. */
export function symlinkCause(leak: Leak, context: BuildContext): Diagnosis | null {
  const { path, real } = leak.sightings[0];
  const asked = context.paths.text(path);
  const arrived = real === 0 ? asked : context.paths.text(real);
  const zone = context.zoneOf(asked);
  // A second root of the host (`mount --bind / /hostfs`) holds every path of the first: who named it meant the host.
  const isSecondRoot = zone === "source" && asked.endsWith(arrived);
  const isOwn = asked !== arrived && OWN.has(zone) && !isSecondRoot;
  if (!leak.facts.throughSymlink && !isOwn) return null;
  const read = context.linkTo(arrived);
  const sysroot = context.layout.sysroots.find((root) => isWithin(read?.link ?? asked, root)) ?? "";
  const { link, target } = read ?? linkBetween(asked, arrived, sysroot);
  const text = `${toText(link)} -> ${toText(target)}`;
  return {
    kind: "symlink",
    key: `symlink in ${sysroot}`,
    title: `The symlink ${text} leads to the build host`,
    variables: [],
    flags: [{ flag: text, at: null }],
  };
}

/** Zones of paths that the build may use: whoever asked for one did nothing wrong. */
const OWN: ReadonlySet<Zone> = new Set(["sysroot", "build", "source", "temporary"]);

/**
 * The link, as far as its two ends tell: what both have in common at the end lies behind it. A folder that is
 * the same in both worlds (`<sysroot>/usr/include` and `/usr/include`) is more likely no link itself.
 */
function linkBetween(
  asked: ByteString,
  arrived: ByteString,
  sysroot: ByteString,
): { readonly link: ByteString; readonly target: ByteString } {
  if (mergeUsr(asked.slice(sysroot.length)) === mergeUsr(arrived))
    return { link: asked, target: arrived };
  const from = asked.split("/");
  const to = arrived.split("/");
  let same = 0;
  while (same < Math.min(from.length, to.length) - 1 && from.at(-1 - same) === to.at(-1 - same))
    same++;
  const cut = (parts: readonly string[]) => parts.slice(0, parts.length - same).join("/");
  while (same > 0 && (isShared(cut(from), sysroot) || isShared(cut(to), ""))) same--;
  return { link: cut(from), target: cut(to) };
}

/**
 * Links whose far ends lie alike, told as one: when several files of a folder seem to be links, the folder is. Not
 * so the folders that every system has, where single files are linked.
 */
export function foldedLinks(
  links: readonly CauseFlag[],
  sysroots: readonly string[],
): readonly CauseFlag[] {
  const files = new Map<string, CauseFlag[]>();
  for (const each of links) {
    const folder = linkedFolder(each.flag, sysroots) ?? each.flag;
    const known = files.get(folder);
    if (known === undefined) files.set(folder, [each]);
    else known.push(each);
  }
  return [...files].flatMap(([folder, each]) =>
    each.length > 1 ? [{ flag: folder, at: null }] : each,
  );
}

/** `S/usr/include/xml -> /usr/include/xml` of a link from a file below the one to its like below the other. */
function linkedFolder(text: string, sysroots: readonly string[]): string | null {
  const [link = "", target = ""] = text.split(" -> ");
  const root = sysroots.find((each) => link === each + target);
  const below = /^(?:\/usr)?(?:\/local)?\/(?:lib|lib64|include|share)\/[^/]+(?=\/)/.exec(
    target,
  )?.[0];
  return root === undefined || below === undefined ? null : `${root}${below} -> ${below}`;
}

/** True for the sysroot itself and for the folders that every system has. */
function isShared(folder: ByteString, sysroot: ByteString): boolean {
  return /^(?:\/usr)?(?:\/(?:lib|lib64|include|share))?$/.test(folder.slice(sysroot.length));
}
