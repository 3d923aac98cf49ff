/**
 * A text that cannot move the cursor, recolour a terminal, reorder a line or break out of it.
 *
 * Names come from traces, so from strangers: control characters (C0, DEL, C1), format characters (the
 * bidirectional overrides among them), line separators and lone surrogates become `\x1b`, `\u202e`.
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (char) => {
    const code = char.codePointAt(0) ?? 0;
    if (code <= 0xff) return `\\x${code.toString(16).padStart(2, "0")}`;
    if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, "0")}`;
    return `\\u{${code.toString(16)}}`;
  });
}

const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** The lines of a text that may have several, each printable; blank ones at the ends are dropped. */
export function printableLines(text: string): readonly string[] {
  return text
    .trim()
    .split("\n")
    .map((line) => printable(line.trimEnd()));
}

/**
 * JSON that holds no control or format character in the raw: they stay in the value, written as `\uNNNN`.
 * (JSON.stringify itself escapes only what is below U+0020, and lone surrogates.)
 */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(RAW_IN_JSON, (char) => {
    let escaped = "";
    for (let at = 0; at < char.length; at++)
      escaped += `\\u${char.charCodeAt(at).toString(16).padStart(4, "0")}`;
    return escaped;
  });
}

const RAW_IN_JSON = /[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** How a command line is written so that a shell reads it back: arguments quoted where they must be. */
export function commandLine(argv: readonly string[]): string {
  return argv.map(shellWord).join(" ");
}

function shellWord(word: string): string {
  if (/^[\w@%+=:,./~-]+$/.test(word)) return word;
  return `'${printable(word).replaceAll("'", "'\\''")}'`;
}
