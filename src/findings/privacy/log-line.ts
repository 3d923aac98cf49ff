import { toText } from "../../model/byte-string.ts";
import { argvWithoutSecrets, withoutSecrets } from "./secrets.ts";

/**
 * A line of a log as a report may quote it: without the environment that `-v` spells out, and without the
 * secrets among the arguments. What holds none stays as strace wrote it.
 */
export function lineWithoutSecrets(line: string): string {
  // What a program printed may stand before, and its quotes are nobody's.
  const start = line.search(/\bexecve(?:at)?\(/);
  let lists = 0;
  let text = withoutSecrets(line.slice(0, Math.max(start, 0)));
  for (const part of partsOf(line.slice(Math.max(start, 0)))) {
    if (part.kind === "list" && start >= 0 && ++lists === 2) text += withoutVariables(part.pieces);
    else text += changed(part.pieces, { strings: argvWithoutSecrets, rest: withoutSecrets });
  }
  return text;
}

/** The same line with each of its strings and all that stands between them rewritten. */
export function rewrittenLine(line: string, rewrite: (text: string) => string): string {
  return partsOf(line)
    .map(({ pieces }) => changed(pieces, { strings: (texts) => texts.map(rewrite), rest: rewrite }))
    .join("");
}

/** What stands between quotes, quotes included, or between such. */
type Piece = { readonly quoted: boolean; readonly text: string };
/** A list of strings from bracket to bracket, or what is no list. */
type Part = { readonly kind: "list" | "other"; readonly pieces: readonly Piece[] };

function partsOf(line: string): readonly Part[] {
  const parts: { kind: Part["kind"]; pieces: Piece[] }[] = [{ kind: "other", pieces: [] }];
  const add = (piece: Piece) => parts.at(-1)?.pieces.push(piece);
  for (const [text] of line.matchAll(STRING_OR_REST)) {
    if (text.startsWith('"')) {
      add({ quoted: true, text });
      continue;
    }
    // A list begins behind a comma and ends with its bracket; a bracket in a path of -y does neither.
    for (const rest of text.split(/(?<=\])|(?<=, |\()(?=\[(?:$|\/\*|\]))/)) {
      if (/^\[(?:$|\/\*|\])/.test(rest)) parts.push({ kind: "list", pieces: [] });
      add({ quoted: false, text: rest });
      if (rest.endsWith("]") && parts.at(-1)?.kind === "list")
        parts.push({ kind: "other", pieces: [] });
    }
  }
  return parts;
}

const STRING_OR_REST = /"(?:[^"\\]|\\.)*"?|[^"]+/gs;

function withoutVariables(pieces: readonly Piece[]): string {
  const amount = pieces.filter(({ quoted }) => quoted).length;
  if (amount === 0) return pieces.map(({ text }) => text).join("");
  return `[/* ${amount} ${amount === 1 ? "var" : "vars"} */]`;
}

interface Change {
  /** For the strings of one list, or those between two. */
  readonly strings: (texts: readonly string[]) => readonly string[];
  readonly rest: (text: string) => string;
}

/** Pieces with their texts changed; a string that stays the same keeps its spelling. */
function changed(pieces: readonly Piece[], change: Change): string {
  const strings = pieces.filter(({ quoted }) => quoted).map(({ text }) => unescaped(text));
  const rewritten = change.strings(strings);
  let at = 0;
  return pieces
    .map(({ quoted, text }) => {
      if (!quoted) return change.rest(text);
      const [before, after = ""] = [strings[at], rewritten[at]];
      at += 1;
      return before === after ? text : `"${after.replace(/["\\]/g, "\\$&")}"`;
    })
    .join("");
}

/** The text of a string as strace writes it: in octal or hexadecimal, or with the escapes of C. */
function unescaped(quoted: string): string {
  const inside = quoted.slice(1, quoted.endsWith('"') && quoted.length > 1 ? -1 : undefined);
  const bytes = Buffer.from(inside).toString("latin1");
  return toText(
    bytes.replace(/\\(x[0-9a-f]{1,2}|[0-7]{1,3}|.)/gs, (_, code: string) => byteOf(code)),
  );
}

function byteOf(code: string): string {
  if (/^x./.test(code)) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
  if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8) & 0xff);
  return CONTROLS.get(code) ?? code;
}

const CONTROLS: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["t", "\t"],
  ["r", "\r"],
  ["v", "\v"],
  ["f", "\f"],
]);
