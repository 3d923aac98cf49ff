import type { ByteString } from "../../model/byte-string.ts";
import { isWithin } from "../../model/path.ts";
import { libcRoot } from "./libc-roots.ts";
import { placeOf } from "./places.ts";

/**
 * What a path tells of a tracee whose exec the log does not show: the compiler's own folder tells its machine, a sysroot
 * that it looked into tells for whom it works. Found or not makes no difference.
 */
export interface Clue {
  readonly compilerTriple: string | null;
  /** That folder itself, `/opt/x/lib/gcc/<triple>/12`. */
  readonly compilerFolder: ByteString | null;
  readonly sysroot: ByteString | null;
  /** That is one only if the file is there. */
  readonly isSearched: boolean;
}

/** The clue that a path is. */
export function clueOf(path: ByteString, sysroots: readonly ByteString[]): Clue {
  const [, folder, triple] = COMPILER.exec(path) ?? [];
  return {
    compilerTriple: triple ?? null,
    compilerFolder: folder ?? null,
    sysroot: sysrootOf(path, sysroots),
    isSearched: !path.includes("/usr/"),
  };
}

/** The compiler whose own folder the path lies in. */
const COMPILER = /^(.*\/gcc(?:-cross)?\/([a-z][\w.]*-[\w.-]+)\/\d[\w.-]*)\//;

/** The sysroot that the path lies in: a given one, or one that its layout or a C library of its own shows. */
function sysrootOf(path: ByteString, sysroots: readonly ByteString[]): ByteString | null {
  const given = sysroots.find((root) => isWithin(path, root));
  if (given !== undefined) return given;
  const place = placeOf(path);
  if (place !== null) return place.zone === "sysroot" ? place.root : null;
  return libcRoot(path);
}
