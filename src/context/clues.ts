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
  if (journal.tracee.program !== null) return;
  journal.sysroot ??= sysrootOf(path, sysroots);
  journal.compilerTriple ??= COMPILER.exec(path)?.[1] ?? null;
}

/** True for a path that {@link noteClues} would learn from. */
export function isClue(path: ByteString, sysroots: readonly ByteString[]): boolean {
  return COMPILER.test(path) || sysrootOf(path, sysroots) !== null;
}

const COMPILER = /\/gcc(?:-cross)?\/([a-z][\w.]*-[\w.-]+)\/\d[\w.]*\//;

function sysrootOf(path: ByteString, sysroots: readonly ByteString[]): ByteString | null {
  const given = sysroots.find((root) => isWithin(path, root));
  if (given !== undefined) return given;
  const place = placeOf(path);
  return place?.zone === "sysroot" ? place.root : null;
}
