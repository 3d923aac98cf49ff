import type { Actor } from "../../model/actor.ts";
import type { ByteString } from "../../model/byte-string.ts";
import type { Machine } from "../../model/machine.ts";
import { isWithin } from "../../model/path.ts";
import { isForeignHome, placeOf } from "../names/places.ts";
import type { Observer } from "../observe/observer.ts";
import { ownCompilers } from "./own-compilers.ts";

/** Folders of the compilers that made target code: their headers and start files are the toolchain's, wherever they lie. */
export function compilersOf(
  observer: Observer,
  target: Machine | null,
  host: Machine,
  sysroots: readonly ByteString[],
  native: readonly ByteString[],
): Compilers {
  const found = new Set<ByteString>();
  const prefixes = new Set<ByteString>();
  for (const { actor, program } of ownCompilers(observer, host)) {
    const { machine, sysroot } = actor.evidence;
    const forTarget =
      target !== null && target !== host
        ? machine === target
        : sysroot !== null &&
          sysroots.some(
            (root) =>
              root === sysroot ||
              (actor.first.argvTruncated && sysroot.length > 20 && root.startsWith(sysroot)),
          );
    if (!forTarget) continue;
    const [, own, home] = COMPILER_PROPER.exec(program) ?? [];
    if (own !== undefined) {
      found.add(own);
      found.add(own.replace("/libexec/", "/lib/"));
    }
    if (home !== undefined && !/^\/usr(?:\/local)?$/.test(home)) prefixes.add(home);
    const prefix = prefixOf(actor);
    if (prefix !== null && !native.some((root) => isWithin(prefix, root))) found.add(prefix);
  }
  addStandardLibraries(observer, found);
  if (!observer.features.showsExecs) addMetFolders(observer, found, prefixes);
  return { toolchains: [...found].sort(), prefixes: [...prefixes].sort() };
}

/** zig knows its own folder by the standard library in it, and has C libraries and headers for each target there. */
function addStandardLibraries({ paths, classes }: Observer, toolchains: Set<ByteString>): void {
  for (let id = 1; id < paths.size; id++) {
    const path = paths.text(id);
    if (path.endsWith(STANDARD_LIBRARY) && classes.seen(id) === true)
      toolchains.add(path.slice(0, -STANDARD_LIBRARY.length));
  }
}

const STANDARD_LIBRARY = "/std/std.zig";

/** Where no program is known, compilers outside of the system's folders are taken for the target's: they are nobody else's. */
function addMetFolders(
  { paths, classes }: Observer,
  toolchains: Set<ByteString>,
  prefixes: Set<ByteString>,
): void {
  for (let id = 1; id < paths.size; id++) {
    const path = paths.text(id);
    const [, folder, prefix] = MET.exec(path) ?? [];
    if (folder === undefined || prefix === undefined || SYSTEM.test(prefix)) continue;
    if (classes.seen(id) !== true || isForeignHome(path)) continue;
    const place = placeOf(path);
    if (place !== null && place.zone !== "native-sysroot") continue;
    if (place === null) toolchains.add(folder);
    prefixes.add(prefix);
  }
}

/** `P/lib/gcc/<triple>/12/cc1`, with the compiler's folder and P. */
const COMPILER_PROPER =
  /^((.+)\/lib(?:exec|64)?\/(?:[^/]+\/)?gcc(?:-cross)?\/[^/]+\/[^/]+)\/[^/]+$/;
const MET =
  /^((\/.+?)\/lib(?:64)?\/gcc\/[^/]+-[^/]+\/\d[^/]*)\/(?:include|include-fixed|libgcc|crt)/;
/** Prefixes of the host's own compilers. */
const SYSTEM = /^\/(?:usr(?:\/local)?|opt\/rh\/.*)$/;

/** What lies around the compilers of the target. */
export interface Compilers {
  readonly toolchains: readonly ByteString[];
  readonly prefixes: readonly ByteString[];
}

/** `P` of `P/bin/<triple>-gcc`, where P is a toolchain's own folder and not a system's. */
function prefixOf(actor: Actor): ByteString | null {
  if (actor.tool.triple === null) return null;
  const prefix = /^(.+)\/bin\/[^/]+$/.exec(actor.program ?? "")?.[1];
  if (
    prefix === undefined ||
    /^\/(?:usr|usr\/local|opt|home|root|home\/[^/]+|root\/\.local|home\/[^/]+\/\.local)$/.test(
      prefix,
    ) ||
    isForeignHome(prefix)
  )
    return null;
  return prefix;
}
