import type { ByteString } from "../../model/byte-string.ts";
import { mergeUsr } from "../../model/path.ts";
import type { Layout } from "./zones.ts";

/** What Debian keeps below a triple, its own name for a machine. */
export const TRIPLED = /^(\/usr\/(?:lib|include))\/([^/]+-linux-[^/]+)\//;
/** A library's script, with a triple before its name or without one. */
const SCRIPT = /^\/usr\/bin\/(?:[^/]+-linux-[^/-]+-)?([^/]+-config(?:-[\d.]+)?)$/;
/** The C library's and the kernel's headers, start files and libraries. */
const LIBC =
  /^(?:(?:bits|gnu|sys|asm)\/|[\w]*crt[1in]\.o$|lib(?:c|m|mvec|pthread|dl|rt|util|resolv|anl|c_nonshared)\.(?:a$|so))/;
const DEBIANS_CROSS = /^\/usr\/lib\/gcc-cross\/([^/]+)\//;

/** Whether a file is there: null when nothing tells. */
export type IsThere = (path: ByteString) => boolean | null;

/**
 * Where a file has its counterpart when target and host share one root, as in a cross build of Debian's: the target's
 * files lie below its own triple where the host's lie below another, and some scripts have the triple before their names.
 * Null for what has one place for all machines, and where nothing tells of such a root.
 */
export function besideHosts(path: ByteString, layout: Layout, isThere: IsThere): ByteString | null {
  const triple = tripleBesideHosts(layout, isThere);
  if (triple === null) return null;
  const merged = mergeUsr(path);
  const script = SCRIPT.exec(merged)?.[1];
  if (script === undefined) return tripled(merged, triple, isThere);
  // Few scripts have the triple before their names, so that only one that is there tells of itself.
  const named = [multiarch(triple), triple].map((each) => `/usr/bin/${each}-${script}`);
  return named.find((own) => isThere(own) === true) ?? null;
}

/**
 * Of two places: packages for the target are installed below its name in /usr/lib and /usr/include, and what every cross
 * compiler needs below its name in /usr, which it searches first.
 */
function tripled(path: ByteString, triple: string, isThere: IsThere): ByteString | null {
  const [start, folder] = TRIPLED.exec(path) ?? [];
  if (start === undefined || folder === undefined) return null;
  const rest = path.slice(start.length);
  const installed = `${folder}/${multiarch(triple)}/${rest}`;
  const compilers = `/usr/${triple}${folder.slice("/usr".length)}/${rest}`;
  const there = [compilers, installed].find((each) => isThere(each) === true);
  return there ?? (LIBC.test(rest) ? compilers : installed);
}

/** True where the target has its files in the host's own root. */
export function isBesideHosts(layout: Layout, isThere: IsThere): boolean {
  return layout.sysroots.length === 0 && tripleBesideHosts(layout, isThere) !== null;
}

/** The triple of Debian's cross compiler, or of the target where its folder is seen. */
function tripleBesideHosts({ toolchains, target }: Layout, isThere: IsThere): string | null {
  const own = new Set(toolchains.flatMap((folder) => DEBIANS_CROSS.exec(folder)?.[1] ?? []));
  const [only] = own;
  if (only !== undefined && own.size === 1) return only;
  if (target === null) return null;
  return own.has(target) || isThere(`/usr/lib/${multiarch(target)}`) === true ? target : null;
}

/** The folders of all i?86 machines have one name, whatever their compilers are called. */
function multiarch(triple: string): string {
  return triple.replace(/^i[4-6]86-/, "i386-");
}
