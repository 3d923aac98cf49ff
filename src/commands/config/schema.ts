import { z } from "zod";
import { REPORTER_NAMES } from "../../report/index.ts";
import { SETTINGS, type Setting } from "./settings.ts";

const text = z.string().min(1);
const texts = z.union([text, z.array(text)]);

/** One setting as the file may spell it: a list of one needs no brackets. */
function schemaOf(setting: Setting): z.ZodType {
  const schema = {
    text: () => text,
    list: () => texts,
    switch: () => z.boolean(),
    choice: () => z.enum("choices" in setting ? setting.choices : []),
  }[setting.kind]();
  return schema.describe(setting.about).optional();
}

const settings: Record<string, z.ZodType> = Object.fromEntries(
  Object.entries(SETTINGS).map(([name, setting]) => [name, schemaOf(setting)]),
);

const override = z
  .strictObject({
    level: z.enum(["error", "warning", "note", "off"]),
    reason: text.describe(
      "Why this project judges otherwise; it is asked for, so that the next one knows.",
    ),
  })
  .describe("Another severity for one rule, or off.");

/** The zod schema of `hostbleed.yaml`; the JSON schema for editors is made from it. */
export const configSchema = z.strictObject({
  ...settings,
  report: z
    .partialRecord(z.enum(REPORTER_NAMES), text)
    .describe("Reports to write to files: { sarif: hostbleed.sarif }.")
    .optional(),
  severity: z
    .record(z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, "a rule's id, as pack/rule"), override)
    .describe("Rules that this project judges otherwise, each with its reason.")
    .optional(),
});

/** The JSON schema of `hostbleed.yaml` (draft 2020-12). */
export function configJsonSchema(): object {
  return { title: "hostbleed configuration", ...z.toJSONSchema(configSchema, { io: "input" }) };
}
