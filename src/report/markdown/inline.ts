import { printable } from "../printable.ts";

/** Text as inline code that nothing in it can end, in a table cell too. */
export function code(text: string): string {
  const shown = printable(text);
  // Renderers part ways on a pipe behind a backslash within a table; an entity none of them takes for a border.
  if (shown.includes("|")) return `<code>${entities(shown)}</code>`;
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = longest > 0 || shown === "" ? " " : "";
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** Lines as a code block that nothing in them can end. */
export function codeBlock(lines: readonly string[], language = ""): string {
  const shown = lines.map(printable).join("\n");
  const longest = Math.max(2, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${shown}\n${fence}\n`;
}

/** Text that shows as written: no markup, no HTML, no link, no mention, no issue number. */
export function plain(text: string): string {
  return printable(text)
    .replace(/[\\`*_{}[\]<>|~!&]/g, "\\$&")
    .replace(LINKED, `$&${NOTHING}`);
}

/** What hosts make links and notices of in the finished page, where a backslash is gone and a comment is not. */
const LINKED = /[@#]|\b(?:https?|ftp|mailto|xmpp):|\bwww(?=\.)/gi;
const NOTHING = "<!-- -->";

function entities(text: string): string {
  return text.replace(/[^\w /-]/gu, (char) => `&#${char.codePointAt(0)};`);
}
