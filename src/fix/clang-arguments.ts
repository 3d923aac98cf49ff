import { isPrintable } from "../model/printable.ts";
import { quoted } from "./quoted.ts";

/** What bindgen adds to every clang command line. */
export const CLANG_ARGUMENTS = "BINDGEN_EXTRA_CLANG_ARGS";

/** The arguments whose values are known, as one string; null when none is, or when one would still lack. */
export function clangArguments(words: readonly string[]): string | null {
  return words.length === 0 || words.some((word) => !word.includes("=") || !isPrintable(word))
    ? null
    : words.map(quoted).join(" ");
}

/** A variable's name for one target of cargo alone, as shells can spell it. */
export function forTarget(name: string, rustTarget: string | null): string {
  return rustTarget === null ? name : `${name}_${rustTarget.replaceAll("-", "_")}`;
}
