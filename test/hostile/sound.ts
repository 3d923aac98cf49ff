import { parse as parseToml } from "smol-toml";
import { expect } from "vitest";
import { parse as parseYaml } from "yaml";
import { parseXml, type XmlElement } from "../report/xml.ts";

/** What no output may hold in the raw: control, format, invisible and lone surrogate characters, line ends apart. */
const RAW = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/u;
/** Lines that GitHub's runner takes for a command, and marks that it, Azure and TeamCity look for in every line. */
const COMMAND_LINE = /^\s*::/mu;
const MARKER = /##(?:vso|teamcity)?\[/i;

/** Nothing in it moves a cursor, hides, reorders, or speaks to the CI service that shows it. */
export function expectHarmless(text: string, commands: "none" | "our own" = "none"): void {
  expect(text.replaceAll("\n", "")).not.toMatch(RAW);
  expect(text).not.toMatch(MARKER);
  if (commands === "none") expect(text).not.toMatch(COMMAND_LINE);
}

/** Reads each format as its reader does; throws where the document is broken, or says what it should not. */
export const READERS: Readonly<Record<string, (text: string) => void>> = {
  text: () => {},
  json: JSON.parse,
  ndjson: (text) => {
    for (const line of text.trimEnd().split("\n")) JSON.parse(line);
  },
  sarif: readSarif,
  junit: parseXml,
  github: readAnnotations,
  gitlab: JSON.parse,
  markdown: readMarkdown,
  html: readHtml,
  toml: parseToml,
  yaml: (text) => parseYaml(text),
};

function readSarif(text: string): void {
  const { runs } = JSON.parse(text);
  for (const { message } of runs[0].results) expect(message.text).not.toMatch(/(?<!\\)\]\(/);
}

/** As the runner's ActionCommand.TryParseV2 reads them. */
function readAnnotations(text: string): void {
  for (const line of text.trimEnd().split("\n")) {
    const [, kind, properties = ""] = /^::(\w+) ([^:]*)::/.exec(line) ?? [];
    expect(["error", "warning", "notice"]).toContain(kind);
    const names = properties.split(",").map((property) => property.split("=", 1)[0]);
    expect(["file,line,title", "title"]).toContain(names.join());
  }
}

/** Elements of the page; none of them runs or loads anything. */
const ELEMENTS =
  "html head meta title style body h1 h2 p ul li b br code small span pre details summary";

/** The page is XML as well, and has the reporter's own elements alone. */
function readHtml(text: string): void {
  const allowed = new Set(ELEMENTS.split(" "));
  const visit = ({ name, attributes, children }: XmlElement): void => {
    expect(allowed).toContain(name);
    for (const key of Object.keys(attributes))
      expect(["lang", "charset", "http-equiv", "content", "class"]).toContain(key);
    for (const child of children) visit(child);
  };
  visit(parseXml(text.replace("<!DOCTYPE html>\n", "").trimEnd()));
}

/** Tags that the reporter writes itself. */
const OWN_TAGS = /<\/?(?:details|summary|code)>|<!-- -->/g;

/** A backslash and what it disarms, a character by its number, or a span of code: whichever comes first. */
const ESCAPE_OR_CODE = /\\[!-/:-@[-`{-~]|&#\d+;|(?<!`)(`+)(?!`)(.*?[^`])\1(?!`)/g;

/** What is left of Markdown without code and escapes holds no link, no tag, and tables of four columns. */
function readMarkdown(text: string): void {
  const prose = text
    .replace(/^(`{3,})(?:sh)?\n[\s\S]*?\n\1$/gm, "")
    .replace(ESCAPE_OR_CODE, (found, _, inside?: string) => {
      if (inside !== undefined) expect(inside).not.toContain("|");
      return "e".repeat(found.length);
    })
    .replace(OWN_TAGS, "~");
  expect(prose).not.toMatch(/[<>`]|\]\(|https?:\/\/|www\.|[@]\w|#\d/);
  for (const line of prose.split("\n").filter((each) => each.startsWith("|")))
    expect(line.split("|"), line).toHaveLength(6);
}
