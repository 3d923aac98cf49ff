import type { ByteString } from "../model/byte-string.ts";
import { EQUALS, isDigit, LOWER_A, LOWER_Z, UNDERSCORE } from "./chars.ts";

/**
 * Where the value of an argument begins: behind `name=`, with strace -N (6.16 and later). The arguments of
 * clone have always had names; their order differs by architecture, so the names stay.
 */
export function valueStart(call: string, line: ByteString, from: number): number {
  let at = from;
  let code = line.charCodeAt(at);
  if (!isNameStart(code) || call === "clone" || call === "clone3") return from;
  while (isNameStart(code) || isDigit(code)) code = line.charCodeAt(++at);
  return code === EQUALS && line.charCodeAt(at + 1) !== EQUALS ? at + 1 : from;
}

function isNameStart(code: number): boolean {
  return (code >= LOWER_A && code <= LOWER_Z) || code === UNDERSCORE;
}
