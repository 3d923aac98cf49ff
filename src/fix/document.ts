import { isPrintable } from "../model/printable.ts";
import { MASK } from "../model/secret.ts";
import { closing, commented, wrapped } from "./comments.ts";
import { prose } from "./prose.ts";
import type { Prescription, Remedy, Site } from "./remedy.ts";

/** Lines that belong together, and the section that they stand in; null where a format has none for them. */
export interface Block {
  readonly section: string;
  readonly lines: readonly string[];
}

/** How a format says each remedy; what it leaves out, or answers with null, is said in words, as a comment. */
export type Vocabulary = {
  readonly [Act in Remedy["act"]]?: (
    remedy: Extract<Remedy, { readonly act: Act }>,
    site: Site,
  ) => readonly Block[] | null;
};

/** A kind of file: its sections in their order, each with its heading, and how it says remedies. */
export interface Language {
  readonly sections: readonly (readonly [section: string, heading: string | null])[];
  readonly vocabulary: Vocabulary;
  /** What the file is, and where it goes. */
  readonly about: string;
}

/** Writes remedies as a file: each block once, below the findings that it closes. */
export function written(
  prescriptions: readonly Prescription[],
  site: Site,
  { sections, vocabulary, about }: Language,
): string {
  const blocks = new Map<string, { block: Block; by: Prescription[] }>();
  const words = new Map<string, Prescription[]>();
  for (const prescription of prescriptions) {
    const said = blocksFor(prescription.remedy, site, vocabulary);
    if (said === null) push(words, prose(prescription.remedy, site), prescription);
    for (const block of said ?? []) {
      const text = `${block.section}\0${block.lines.join("\n")}`;
      const known = blocks.get(text);
      if (known === undefined) blocks.set(text, { block, by: [prescription] });
      else known.by.push(prescription);
    }
  }
  const output = [...wrapped(about)];
  let above = "";
  const remarks = (by: readonly Prescription[]): readonly string[] => {
    const comment = closing(together(by));
    const same = comment.length > 1 && comment.join("\n") === above;
    above = comment.join("\n");
    return same ? [commented("closes the same")] : comment;
  };
  if (prescriptions.length === 0) output.push("", commented("The report calls for nothing."));
  for (const [section, heading] of sections) {
    const inside = [...blocks.values()].filter(({ block }) => block.section === section);
    if (inside.length === 0) continue;
    output.push("", ...(heading === null ? [] : [heading]));
    for (const { block, by } of inside) output.push(...remarks(by), ...block.lines);
  }
  for (const [text, by] of words) output.push("", ...remarks(by), ...wrapped(`By hand: ${text}`));
  return `${output.join("\n")}\n`;
}

/** What a format makes of one remedy; null when it has no words for it, or none that can be shown and pasted. */
export function blocksFor(
  remedy: Remedy,
  site: Site,
  vocabulary: Vocabulary,
): readonly Block[] | null {
  const say = vocabulary[remedy.act] as
    | ((remedy: Remedy, site: Site) => readonly Block[] | null)
    | undefined;
  const blocks = say === undefined ? null : say(remedy, site);
  return blocks?.every(({ lines }) => lines.every(isSound)) ? blocks : null;
}

/** A secret that was masked is no value to set; what a terminal would obey is nothing to paste. */
function isSound(line: string): boolean {
  return isPrintable(line) && !line.includes(MASK);
}

function together(prescriptions: readonly Prescription[]): Prescription {
  const [first, ...others] = prescriptions;
  if (first === undefined || others.length === 0) return first ?? NOTHING;
  return { ...first, closes: [...new Set(prescriptions.flatMap(({ closes }) => closes))] };
}

const NOTHING: Prescription = { remedy: { act: "edit", what: "" }, causes: [], closes: [] };

function push(lists: Map<string, Prescription[]>, key: string, value: Prescription): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
