import { MARKER, printable, UNPRINTABLE } from "../model/printable.ts";

export { printable } from "../model/printable.ts";

/** The lines of a text that may have several, each printable; blank ones at the ends are dropped. */
export function printableLines(text: string): readonly string[] {
  return text
    .trim()
    .split("\n")
    .map((line) => printable(line.trimEnd()));
}

/**
 * JSON that holds in the raw nothing that {@link printable} escapes: it stays in the value, written as `\uNNNN`.
 * (JSON.stringify itself escapes only what is below U+0020, and lone surrogates.)
 */
export function jsonText(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, null, indent).replace(MARKER, "#\\u0023");
  return text.replace(UNPRINTABLE, (char) => {
    // The line ends of the indentation are no part of any value.
    if (char === "\n") return char;
    let escaped = "";
    for (let at = 0; at < char.length; at++)
      escaped += `\\u${char.charCodeAt(at).toString(16).padStart(4, "0")}`;
    return escaped;
  });
}

/** How a command line is written so that a shell reads it back: arguments quoted where they must be. */
export function commandLine(argv: readonly string[]): string {
  return argv.map(shellWord).join(" ");
}

function shellWord(word: string): string {
  const shown = printable(word);
  if (/^[\w@%+=:,./~-]+$/.test(shown)) return shown;
  return `'${shown.replaceAll("'", "'\\''")}'`;
}
