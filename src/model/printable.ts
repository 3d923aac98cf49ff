/**
 * A text that cannot move the cursor, recolour a terminal, reorder a line or break out of it, and that no CI
 * service takes for a command to itself.
 *
 * Names come from traces, so from strangers: control characters (C0, DEL, C1), format characters (the
 * bidirectional overrides among them), line separators, lone surrogates and what leaves no trace on a screen
 * become `\x1b`, `\u202e`.
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, escaped).replace(COMMAND, "$1\\x3a").replace(MARKER, "#\\x23");
}

/** True for a text that {@link printable} leaves as it is. */
export function isPrintable(text: string): boolean {
  return printable(text) === text;
}

/** One character that a terminal would obey, hide or reorder its line by. */
export const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

/** Azure Pipelines obeys `##vso[…]`, TeamCity `##teamcity[…]` and GitHub's older syntax `##[…]` in the midst of a line. */
export const MARKER = /##(?=(?:vso|teamcity)?\[)/gi;

/** GitHub's runner obeys `::error::` at the start of any line that a step prints, white space before it or not. */
const COMMAND = /^(\s*):(?=:)/u;

function escaped(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, "0")}`;
  if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, "0")}`;
  return `\\u{${code.toString(16)}}`;
}
