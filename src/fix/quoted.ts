import { isPrintable, printable } from "../model/printable.ts";

const PLAIN = /^[\w@%+=:,./-]+$/;

/** One word of a POSIX shell, whatever is in it; bindgen splits its variable by the same rules. */
export function quoted(text: string): string {
  if (!isPrintable(text)) return spelledOut(text);
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * A word of the command line that a variable such as CC holds: make and shells read it from there. Null for one
 * that make would expand, or run a command for, before any shell sees the quotes.
 */
export function commandWord(text: string): string | null {
  return isPrintable(text) && !isExpanded(text) ? quoted(text) : null;
}

/** True for a text in which make or a shell finds something to expand. */
export function isExpanded(text: string): boolean {
  return /[$`]/.test(text);
}

/**
 * A text within a sentence, so that a shell that the sentence is pasted into runs nothing. Backslashes, since
 * an apostrophe of the sentence itself would turn quotes inside out.
 */
export function shown(text: string): string {
  return printable(text.replace(ACTIVE, "\\$&"));
}

/** True for the value of a `NAME=value` line that runs nothing if a shell gets to read it. */
export function isInert(value: string): boolean {
  return !(value.search(ACTIVE) >= 0 || /^\S*\s+[^-\s]/.test(value));
}

/** What a shell obeys outside of quotes, globs and tildes apart. */
const ACTIVE = /[$`;&|<>()!'"\\]/g;

/** Bytes in octal: a control character in the raw would reach the terminal that the line is pasted into. */
function spelledOut(text: string): string {
  const bytes = [...Buffer.from(text)].map((byte) =>
    /[\w./=-]/.test(String.fromCharCode(byte))
      ? String.fromCharCode(byte)
      : `\\0${byte.toString(8).padStart(3, "0")}`,
  );
  return `"$(printf %b '${bytes.join("")}')"`;
}
