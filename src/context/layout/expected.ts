import type { ByteString } from "../../model/byte-string.ts";
import type { Facts } from "../../model/facts.ts";
import { baseName, isWithin, mergeUsr, parentFolder } from "../../model/path.ts";
import { isPersonal } from "../names/consulted.ts";
import { machineOfTriple } from "../names/machines.ts";
import { besideHosts, type IsThere, TRIPLED } from "./multiarch.ts";
import type { Layout } from "./zones.ts";

/** The little of a disk that the judgement asks for; a test or another machine brings its own. */
export interface Disk {
  /** Null when this disk has nothing to say of the path. */
  exists(path: ByteString): boolean | null;
}

/** A disk with nothing on it: a trace is then judged by itself alone. */
export const NO_DISK: Disk = { exists: () => null };

/** The file that should have been used. */
export interface Expected {
  readonly path: ByteString;
  readonly exists: boolean;
  /** False when nobody looked: the sysroot is on another machine, and the trace never asked for the file. */
  readonly known: boolean;
}

/** The host's kernels, and the folders of its compilers: the target's lie in no sysroot. */
const HOSTS_OWN = /^\/(?:boot|usr\/src\/linux-headers-[^/]+|usr\/lib\/gcc\/[^/]+-linux-[^/]+)\//;

/** False for what the build made itself, which no sysroot has, and for what ran: of that, only scripts of libraries have one. */
export function hasCounterpart({ path, zone, use }: Pick<Facts, "path" | "zone" | "use">): boolean {
  return zone !== "build" && (use !== "execute" || CONFIG_SCRIPT.test(path));
}

const CONFIG_SCRIPT = /-config(?:-[\d.]+)?$/;

/**
 * The counterpart of a foreign file in the sysroot: the one that is there, on disk or in the trace's own
 * accesses, else the one that would be first looked for. Without a sysroot, the one that Debian keeps beside the host's.
 * Null for what neither has.
 */
export function expectedOf(path: ByteString, layout: Layout, isThere: IsThere): Expected | null {
  if (isPersonal(path) || HOSTS_OWN.test(path)) return null;
  if (layout.sysroots.length === 0) {
    const own = besideHosts(path, layout, isThere);
    const there = own === null ? null : isThere(own);
    return own === null ? null : { path: own, exists: there === true, known: there !== null };
  }
  const place = inner(path, layout);
  const triples = triplesFor(place, layout.target);
  const names = counterparts(place, triples);
  let known = false;
  for (const sysroot of layout.sysroots) {
    for (const name of names) {
      const there = isThere(sysroot + name);
      if (there === true) return { path: sysroot + name, exists: true, known: true };
      if (there === false) known = true;
    }
  }
  const [sysroot] = layout.sysroots;
  const kept = names.find((name) => isKeptByTriple(path, name, triples, sysroot ?? "", isThere));
  return { path: (sysroot ?? "") + (kept ?? names[0] ?? path), exists: false, known };
}

/** Triples that a sysroot may have folders for: the target's, and the host's where both are of one kind, as Debian's roots have it. */
function triplesFor(path: ByteString, target: string | null): readonly string[] {
  if (target === null) return [];
  const own = TRIPLED.exec(path)?.[2];
  const named = foldersOf(target);
  return own === undefined || own === target || machineOfTriple(own) !== machineOfTriple(target)
    ? named
    : [...named, own];
}

/** Android's triple ends in its API level, which is a folder of its own below that of the triple. */
function foldersOf(target: string): readonly string[] {
  const [, processor, system, level] = /^([^-]+)(-.*android(?:eabi)?)(\d+)$/.exec(target) ?? [];
  if (processor === undefined) return [target];
  const triple = `${processor.replace(/^armv7a$/, "arm")}${system}`;
  return [`${triple}/${level}`, triple];
}

/** True for a name below a triple, where the host has the file below its own and the sysroot has such a folder. */
function isKeptByTriple(
  path: ByteString,
  name: ByteString,
  triples: readonly string[],
  sysroot: ByteString,
  isThere: IsThere,
): boolean {
  const triple = triples.find((each) => name.includes(`/${each}/`));
  if (triple === undefined || !TRIPLED.test(mergeUsr(path))) return false;
  // Whose names it keeps, a sysroot may yet keep all .pc files in the one folder that its pkg-config is led to.
  if (name.includes("/pkgconfig/")) return isThere(parentFolder(sysroot + name)) === true;
  return ["lib", "include"].some((kind) => isThere(`${sysroot}/usr/${kind}/${triple}`) === true);
}

/** The path as seen from the root of its own world: a native sysroot's, Homebrew's, conda's prefix taken off. */
function inner(path: ByteString, layout: Layout): ByteString {
  const native = layout.nativeSysroots.find((root) => isWithin(path, root));
  const below = native === undefined ? path : path.slice(native.length) || "/";
  const tail = /\/((?:include|lib|lib64|share)\/.*)$/.exec(
    native === undefined && /^\/(?:usr|lib|lib64|bin|sbin|etc)\//.test(path) ? "" : below,
  )?.[1];
  const rooted = tail === undefined ? mergeUsr(below) : `/usr/${tail}`;
  return rooted.replace(/^\/usr\/local\//, "/usr/");
}

/** Names under which a sysroot may hold the file, likeliest first. */
function counterparts(path: ByteString, triples: readonly string[]): readonly ByteString[] {
  const plain = path.replace(TRIPLED, "$1/").replace(/^\/usr\/lib(?:64|32|x32)\//, "/usr/lib/");
  const versionless = plain.replace(/(\.so)(?:\.[\d.]+)+$/, "$1");
  const names = new Set<ByteString>();
  for (const name of [versionless, plain]) {
    names.add(name);
    const split = /^(\/usr\/(?:lib|include))\/(.*)$/.exec(name);
    if (split !== null)
      for (const triple of triples) names.add(`${split[1]}/${triple}/${split[2]}`);
    if (name.startsWith("/usr/lib/")) {
      names.add(name.replace("/usr/lib/", "/usr/lib64/"));
      names.add(name.replace("/usr/lib/", "/lib/"));
    }
    if (name.startsWith("/usr/lib/pkgconfig/")) names.add(name.replace("/usr/lib/", "/usr/share/"));
  }
  // Debian and the C libraries keep what all machines share of <asm/x.h> in <asm-generic/x.h>.
  if (baseName(parentFolder(plain)) === "asm")
    names.add(plain.replace(/\/asm\/([^/]+)$/, "/asm-generic/$1"));
  return [...names];
}
