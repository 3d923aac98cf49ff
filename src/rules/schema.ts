import { z } from "zod";
import { ARTIFACTS, FACT_OUTCOMES, ROLES, SIDES, USES, ZONES } from "../model/facts.ts";
import { SEVERITIES, VERDICTS } from "../model/rule.ts";
import { TIERS } from "./pack.ts";

/** The version of the pack format that this code reads. */
export const PACK_FORMAT = 1;

const name = z
  .string()
  .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, "lower-case words and hyphens")
  .max(60);
const sentence = z.string().trim().min(1).max(4000);
const glob = z.string().min(1);
/** `abort`: otherwise a union takes this for the nearest branch, and names none of the words. */
const listName = z
  .string()
  .regex(/^@[a-z][a-z0-9-]*$/, { error: "the @name of a list", abort: true });

function someOf<Item extends z.ZodType>(item: Item) {
  return z.union([item, z.array(item).min(1)]);
}

function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return someOf(z.union([z.enum(words), listName]));
}

const conditions = z
  .strictObject({
    zone: oneOf(ZONES).describe("Where the file lies."),
    use: oneOf(USES).describe("What the tracee needed it for."),
    side: oneOf(SIDES).describe("For which machine the tracee works."),
    artifact: oneOf(ARTIFACTS).describe("What kind of file it is."),
    outcome: oneOf(FACT_OUTCOMES).describe("What came of it; found: a stat without an open."),
    role: oneOf(ROLES).describe("What kind of tool the tracee is."),
    maker: oneOf(SIDES).describe(
      "For which machine the file's maker worked, if this build made it.",
    ),
    program: someOf(glob).describe("Globs over the tracee's base name."),
    path: someOf(glob).describe("Globs over the absolute path; /lib is written /usr/lib."),
    ancestor: someOf(glob).describe("Globs over the base names of the tracee's ancestors."),
    rejected: z.boolean().describe("Opened, and evidently not taken."),
    hint: z.boolean().describe("A find module of CMake's asked, and took the target's own."),
    "through-symlink": z.boolean().describe("A symlink in the sysroot led out of it to the file."),
    "arch-neutral": z.boolean().describe("The same bytes for each machine, as /usr/share."),
    "target-triple": z.boolean().describe("The path carries the target's own triple."),
    "same-machine": z.boolean().describe("Host and target are machines of one kind."),
  })
  .partial()
  .refine((when) => Object.keys(when).length > 0, "at least one condition");

const exampleFacts = z.strictObject({
  path: glob.describe("Absolute, or address:port for the network."),
  requested: z.string().optional(),
  program: z.string().optional(),
  ancestors: z.array(z.string()).optional(),
  zone: z.enum(ZONES).optional(),
  use: z.enum(USES).optional(),
  side: z.enum(SIDES).optional(),
  artifact: z.enum(ARTIFACTS).optional(),
  outcome: z.enum(FACT_OUTCOMES).optional(),
  role: z.enum(ROLES).optional(),
  maker: z.enum(SIDES).optional(),
  rejected: z.boolean().optional(),
  hint: z.boolean().optional(),
  "through-symlink": z.boolean().optional(),
  "arch-neutral": z.boolean().optional(),
  "target-triple": z.boolean().optional(),
  "same-machine": z.boolean().optional(),
});
const exampleTrace = z.strictObject({
  strace: sentence.describe("Lines of a strace log."),
  program: z
    .string()
    .regex(/^[\w.+-]+$/, "a program's name")
    .optional()
    .describe("Who makes the calls, where the lines show no execve."),
});
const because = { because: sentence.describe("Why the rule stays silent.") };

const rule = z.strictObject({
  id: name,
  title: sentence.describe("What happened, in one line."),
  verdict: z.enum(VERDICTS).optional().describe("leak unless given."),
  severity: z.enum(SEVERITIES).optional().describe("Needed unless the verdict is allowed."),
  when: conditions.describe("All keys must hold; a list means any of."),
  why: sentence.describe("What it does to the target."),
  fix: sentence.optional().describe("What to change. Needed unless the verdict is allowed."),
  causes: z
    .array(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "the name of an environment variable"))
    .optional()
    .describe("Environment variables whose loss brings this leak."),
  see: z.array(z.url({ protocol: /^https$/, error: "an https address" })).optional(),
  examples: z
    .strictObject({
      match: z.array(z.union([exampleFacts, exampleTrace])),
      "no-match": z.array(z.union([exampleFacts.extend(because), exampleTrace.extend(because)])),
    })
    .partial()
    .optional(),
});

const folders = someOf(z.string().startsWith("/", "an absolute path")).optional();

/** The zod schema of a pack's file; the JSON schema for editors is made from it. */
export const packSchema = z.strictObject({
  pack: name.describe("The pack's name, the same as its file's."),
  format: z.literal(PACK_FORMAT).describe("Version of this file format."),
  title: sentence,
  description: sentence.optional(),
  tier: z
    .enum(TIERS)
    .optional()
    .describe("Which built-in packs speak first; content unless given."),
  world: z
    .strictObject({
      host: z.string().optional(),
      target: z.string().optional(),
      sysroot: folders,
      "native-sysroot": folders,
      toolchain: folders,
      build: folders,
      source: folders,
      home: folders,
    })
    .optional()
    .describe("The build that the examples play in."),
  lists: z
    .record(name, z.array(z.string().min(1)).min(1))
    .optional()
    .describe('Named lists; "@name" in a condition stands for their items.'),
  retired: z.array(name).optional().describe("Ids of rules that are gone."),
  rules: z.array(rule).min(1),
});

/** A pack's file, as far as the schema can vouch for it. */
export type PackFile = z.output<typeof packSchema>;

/** A rule of a pack's file. */
export type RuleFile = PackFile["rules"][number];

/** An example of a pack's file that gives facts. */
export type ExampleFile = z.output<typeof exampleFacts>;

/** The JSON schema of a pack's file (draft 2020-12). */
export function packJsonSchema(): object {
  return {
    title: "hostbleed rule pack",
    ...z.toJSONSchema(packSchema, { io: "input" }),
  };
}
