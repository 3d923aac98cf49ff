import { printable } from "./printable.ts";

/** Text between tags, of XML and of HTML. */
export function xmlText(text: string): string {
  return escaped(printable(text));
}

/** Lines that are printable already, between tags. */
export function xmlLines(lines: readonly string[]): string {
  return escaped(lines.join("\n"));
}

/** A quoted value of an attribute. */
export function xmlQuoted(text: string): string {
  return `"${escaped(printable(text)).replaceAll('"', "&quot;")}"`;
}

/** Control characters are gone by now; U+FFFE and U+FFFF are no XML characters either. */
function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/[\ufffe\uffff]/g, "\ufffd");
}
