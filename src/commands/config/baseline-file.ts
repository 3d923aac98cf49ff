import { existsSync } from "node:fs";
import { Document, isMap, isSeq, parseDocument, type YAMLMap, type YAMLSeq } from "yaml";
import { z } from "zod";
import type { Baseline, BaselineEntry } from "../../findings/baseline.ts";
import { writeWhole } from "../whole-file.ts";
import { parseYamlText, readTextFile } from "./yaml-file.ts";

const text = z.string().min(1);

/** The zod schema of a baseline. */
export const baselineSchema = z.strictObject({
  format: z.literal(1).describe("Version of this file format.").optional(),
  findings: z
    .array(
      z.strictObject({
        fingerprint: text.describe("As the JSON report has it."),
        rule: text.describe("For readers: the fingerprint alone decides."),
        path: text.describe("For readers."),
        reason: text.describe("Why this leak is let through."),
        until: z.iso
          .date({ error: "a date as YYYY-MM-DD" })
          .describe("Last day that the entry counts.")
          .exactOptional(),
      }),
    )
    .default([]),
});

/** The JSON schema of a baseline (draft 2020-12). */
export function baselineJsonSchema(): object {
  return { title: "hostbleed baseline", ...z.toJSONSchema(baselineSchema, { io: "input" }) };
}

/**
 * Reads a baseline; `shown` is how errors name the file.
 * @throws {HostbleedError} `baseline`, with file, line and column of each problem
 */
export function readBaseline(file: string, shown: string): Baseline {
  const content = readTextFile(file, "baseline", shown);
  return { entries: parseBaseline(content, shown).findings };
}

function parseBaseline(content: string, file: string): z.output<typeof baselineSchema> {
  return parseYamlText(content, {
    file,
    schema: baselineSchema,
    code: "baseline",
    entries: MOST_ENTRIES,
  });
}

/** A program writes baselines, and a first run may find many leaks. */
const MOST_ENTRIES = 100_000;

/** Writes a baseline. Where the file exists, its comments and the entries that stay are left as they are. */
export function writeBaseline(file: string, baseline: Baseline): void {
  const found: Document = parseDocument(existsSync(file) ? readTextFile(file, "baseline") : "");
  const document = isMap(found.contents) ? found : emptyDocument();
  if (!isSeq(document.get("findings"))) document.set("findings", document.createNode([]));
  const list = document.get("findings") as YAMLSeq;
  list.flow = false;
  const old = new Map<unknown, YAMLMap[]>();
  for (const item of list.items) {
    if (!isMap(item)) continue;
    // Two branches may have let the same leak through, each with its reason.
    const same = old.get(item.get("fingerprint"));
    if (same === undefined) old.set(item.get("fingerprint"), [item]);
    else same.push(item);
  }
  list.items = baseline.entries.map((entry) => {
    const item = old.get(entry.fingerprint)?.shift();
    if (item === undefined) return document.createNode(ordered(entry));
    if (entry.until === undefined) item.delete("until");
    return item;
  });
  writeWhole(file, document.toString({ lineWidth: 0 }));
}

function emptyDocument(): Document {
  const document = new Document({ format: 1, findings: [] });
  document.commentBefore = HEADER;
  return document;
}

function ordered({ fingerprint, rule, path, reason, until }: BaselineEntry): object {
  return { fingerprint, rule, path, reason, ...(until === undefined ? {} : { until }) };
}

const HEADER = ` Known leaks: hostbleed hides them until the day in "until:", where one is given.
 hostbleed check --update-baseline adds what is new, --prune-baseline drops what is gone.`;
