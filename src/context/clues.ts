import type { ByteString } from "../model/byte-string.ts";
import { isWithin } from "../model/path.ts";
import type { Journal } from "./journal.ts";
import { placeOf } from "./layouts.ts";

/**
 * For tracees whose exec the log does not show: the compiler's own folder tells its machine, a sysroot that it
 * looked into tells for whom it works. Found or not makes no difference.
 */
export function noteClues(
  journal: Journal,
  path: ByteString,
  sysroots: readonly ByteString[],
): void {
  journal.sysroot ??= sysrootOf(path, sysroots);
  journal.compilerTriple ??= compilerTripleOf(path);
}

const COMPILER = /\/gcc(?:-cross)?\/([a-z][\w.]*-[\w.-]+)\/\d[\w.]*\//;

/** The triple of the compiler whose own folder the path lies in. */
export function compilerTripleOf(path: ByteString): string | null {
  return COMPILER.exec(path)?.[1] ?? null;
}

/** The sysroot that the path lies in: a given one, or one that its layout shows. */
export function sysrootOf(path: ByteString, sysroots: readonly ByteString[]): ByteString | null {
  const given = sysroots.find((root) => isWithin(path, root));
  if (given !== undefined) return given;
  const place = placeOf(path);
  return place?.zone === "sysroot" ? place.root : null;
}
