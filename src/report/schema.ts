import { z } from "zod";
import { ARTIFACTS, SIDES, USES, ZONES } from "../model/facts.ts";
import { LACKS, type Report } from "../model/report.ts";
import { SEVERITIES } from "../model/rule.ts";

const natural = z.int().min(0);
const strings = z.array(z.string());
const severity = z.enum(SEVERITIES);

const place = z
  .object({ pid: z.int().nullable(), program: z.string(), line: natural })
  .describe("A point in the trace");

const finding = z
  .object({
    fingerprint: z.string().describe("The same on another day, in another folder, with other pids"),
    rule: z.string().describe("pack/rule"),
    severity,
    path: z.string().describe("Absolute, no `..`, the real file if known"),
    requested: z.string().exactOptional().describe("As the tracee wrote it, if different"),
    expected: z
      .object({ path: z.string(), exists: z.boolean(), known: z.boolean() })
      .nullable()
      .describe("The file that should have been used, null if none is known"),
    kind: z.enum(ARTIFACTS),
    zone: z.enum(ZONES).describe("Where the path lies"),
    use: z.enum(USES).describe("What it was needed for"),
    side: z.enum(SIDES).describe("For which machine the process worked"),
    rejected: z.boolean().describe("Opened, and evidently not taken"),
    count: natural,
    evidence: z
      .array(z.object({ trace: z.string(), line: natural, text: z.string() }))
      .describe("At most five lines of the input"),
    process: z.object({
      pid: z.int().nullable(),
      program: z.string(),
      argv: strings,
      chain: strings.describe("Base names from the root of the build to the culprit"),
    }),
    group: z.string().nullable(),
    taints: strings.describe("Products that the leak reached"),
  })
  .describe("One rule, one path, one program, one side");

const group = z
  .object({
    id: z.string(),
    title: z.string(),
    cause: z.object({
      kind: z.enum([
        "lost-variable",
        "stray-flag",
        "missing-flag",
        "symlink",
        "host-program",
        "missing-dependency",
        "unknown",
      ]),
      variables: z.array(
        z.object({
          name: z.string(),
          state: z.enum(["lost", "unset", "wrong"]),
          at: place.nullable(),
          value: z.string().nullable(),
        }),
      ),
      flags: z.array(z.object({ flag: z.string(), at: place.nullable() })),
    }),
    severity,
    findings: strings.describe("Fingerprints"),
    fix: strings.describe("Lines to act on, in order"),
    words: strings
      .describe("Those lines of fix that are said in words, and are nothing to paste")
      .exactOptional(),
  })
  .describe("Findings with one cause");

const trace = z.object({
  source: z.string(),
  bytes: natural,
  lines: natural,
  syscalls: natural,
  opens: natural,
  tracees: natural,
  unparsedLines: natural,
  tornLines: natural,
  unknownPaths: natural,
  truncated: z.boolean(),
  running: natural
    .exactOptional()
    .describe("Processes that had not ended when the log did, its first one among them"),
  damage: z.string().exactOptional().describe("Why it could not be read to its end"),
  lacks: z.array(z.enum(LACKS)),
  advice: z.string().nullable().describe("The strace command that would have told what lacks"),
});

/** The JSON report, checked: `hostbleed/report.schema.json` is made from it. */
export const reportSchema = z
  .object({
    schema: z.literal("hostbleed-report/1"),
    tool: z.object({ name: z.literal("hostbleed"), version: z.string() }),
    verdict: z.enum(["leaks", "clean", "undecided"]),
    build: z.object({
      host: z.string().nullable(),
      target: z.string().nullable(),
      sysroots: strings,
      nativeSysroots: strings,
      toolchains: strings,
      buildDirs: strings,
      inferred: strings.describe(
        "Names of the fields above that were inferred, not given, or not all of it",
      ),
      added: strings
        .describe("Toolchains that the log shows beside those that were given")
        .exactOptional(),
    }),
    traces: z.array(trace),
    summary: z.object({
      error: natural,
      warning: natural,
      note: natural,
      suppressed: natural,
      groups: natural,
    }),
    groups: z.array(group),
    findings: z.array(finding),
    rules: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        why: z.string(),
        fix: z.string(),
        see: strings,
      }),
    ),
    undecided: z.array(z.object({ what: z.string(), count: natural, text: z.string() })),
    stale: strings.describe("Baseline entries that matched nothing"),
    allowed: z.array(finding).exactOptional().describe("With --show allowed"),
    suppressed: z.array(finding).exactOptional().describe("With --show suppressed"),
    incomplete: z.boolean().describe("The input ended early"),
    redacted: z
      .literal(true)
      .exactOptional()
      .describe("With --redact: $HOME, $USER, $SYSROOT, $BUILD stand for what was there"),
  })
  .describe("A report of hostbleed");

type Mutable<T> = T extends readonly (infer Each)[]
  ? Mutable<Each>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Mutable<T[Key]> }
    : T;
type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

// Fails to compile when the schema and the model's type part ways.
true satisfies Same<Mutable<Report>, Mutable<z.output<typeof reportSchema>>>;

/** The JSON schema of the report. Unknown fields are let through: later versions add some. */
export function reportJsonSchema(): object {
  const { $schema, ...rest } = z.toJSONSchema(reportSchema, { io: "input", reused: "ref" });
  return { $schema, title: "hostbleed report", ...rest };
}
