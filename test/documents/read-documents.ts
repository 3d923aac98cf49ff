import { readdirSync, readFileSync } from "node:fs";

/** One section of a Markdown test document: its heading, and its fenced blocks by the word behind the fence. */
export interface Section {
  readonly title: string;
  readonly blocks: ReadonlyMap<string, string>;
}

/** A Markdown test document: a first heading, then sections that each hold an input and what is expected of it. */
export interface TestDocument {
  readonly name: string;
  readonly sections: readonly Section[];
}

/** All `.md` files of a folder. */
export function readDocuments(folder: URL): TestDocument[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".md"))
    .sort()
    .map((name) => ({
      name: name.slice(0, -".md".length),
      sections: readSections(readFileSync(new URL(name, folder), "utf8")),
    }));
}

/** Characters that no document may hold raw, and the pictures that stand for them. */
const PICTURES: ReadonlyMap<string, string> = new Map([
  ["␛", "\x1b"],
  ["␍", "\r"],
  ["␀", "\0"],
  ["␇", "\x07"],
]);

/** The bytes of an input block: as written, pictures of control characters replaced. */
export function bytesOf(block: string): Buffer {
  return Buffer.from(
    block.replace(/[␛␍␀␇]/g, (picture) => PICTURES.get(picture) ?? picture),
    "utf8",
  );
}

function readSections(text: string): Section[] {
  const sections: Section[] = [];
  for (const part of text.split(/^## /m).slice(1)) {
    const title = part.slice(0, part.indexOf("\n")).trim();
    const blocks = new Map<string, string>();
    for (const [, word = "", block = ""] of part.matchAll(/^```([\w.-]+)\n(.*?)^```$/gms)) {
      blocks.set(word, block);
    }
    sections.push({ title, blocks });
  }
  return sections;
}
