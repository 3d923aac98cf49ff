import type { Signature } from "../../model/syscall.ts";
import { NAME } from "./records.ts";

/** Forks and execs go to the careful lane: what they are told with is kept. */
const KEPT = /^(?:v?fork|clone3?)$/;
/** Calls that fill a struct stat. */
const STATS = /stat(?:x|at|fs)?(?:64)?$/;

/** What the scanner is told of a call that is read. */
export function kindOfName(name: string, signature: Signature): number {
  if (KEPT.test(name) || signature.argv !== undefined) return NAME.careful;
  if (STATS.test(name)) return NAME.struct;
  return signature.content === undefined ? NAME.read : NAME.content;
}
