import { readFileSync } from "node:fs";
import { Readable, Writable } from "node:stream";
import fc from "fast-check";
import { stringify } from "yaml";
import { Random } from "../../benchmarks/generator/random.ts";
import { readBaseline, writeBaseline } from "../../src/commands/config/baseline-file.ts";
import { readConfig } from "../../src/commands/config/file.ts";
import { SETTING_NAMES } from "../../src/commands/config/settings.ts";
import type { CommandContext } from "../../src/commands/context.ts";
import { main } from "../../src/commands/main.ts";
import { inspect } from "../../src/inspect.ts";
import { HostbleedError } from "../../src/model/errors.ts";
import { report } from "../report/report.fixture.ts";
import { FILE_WORDS, mutated } from "./mutate.ts";
import { refused, type Scratch } from "./scratch.ts";
import type { Target } from "./target.ts";

const word = fc.constantFrom("error", "text", "/s", "./x", "aarch64-linux-gnu", "é", "", "a\nb");
const value = fc.oneof(
  word,
  fc.array(word, { maxLength: 3 }),
  fc.boolean(),
  fc.integer(),
  fc.constant(null),
);
const ruleId = fc.constantFrom("pkgconfig/host-pc-file", "a/b", "no rule", "__proto__");
const config = fc.record(
  {
    ...Object.fromEntries(SETTING_NAMES.map((name) => [name, value])),
    severity: fc.dictionary(
      ruleId,
      fc.record(
        { level: fc.constantFrom("off", "note", "x"), reason: word },
        { requiredKeys: ["level"] },
      ),
    ),
    report: fc.dictionary(fc.constantFrom("sarif", "junit", "x"), word),
  },
  { requiredKeys: [] },
);
const entry = fc.record(
  {
    fingerprint: fc.constantFrom("1f", "2e", "3d", "constructor"),
    rule: ruleId,
    path: word,
    reason: word,
    until: fc.constantFrom("2026-12-31", "2026-02-30", "soon"),
  },
  { requiredKeys: ["fingerprint", "rule", "path", "reason"] },
);
const baseline = fc.record({
  format: fc.constantFrom(1, 1, 2),
  findings: fc.array(entry, { maxLength: 5 }),
});
const lock = fc.array(
  fc.record({ name: word, version: word, checksum: word }, { requiredKeys: ["name"] }),
  { maxLength: 4 },
);

/** Text of a made-up value, damaged more often than not. */
function damaged(
  seed: number,
  value: fc.Arbitrary<unknown>,
  write: (value: unknown) => string,
): Buffer {
  const random = new Random(seed);
  const [made] = fc.sample(value, { seed: random.below(2 ** 31), numRuns: 1 });
  const edits = random.chance(0.3) ? 0 : 1 + random.skewed(12);
  return mutated(Buffer.from(write(made)), edits, random, FILE_WORDS);
}

/** The loaders of what users and programs write beside their builds. */
export function fileTargets(scratch: Scratch): readonly Target[] {
  return [
    {
      name: "config",
      unit: "files",
      make: (seed) => damaged(seed, config, (value) => stringify(value)),
      async check(input) {
        const file = scratch.write("hostbleed.yaml", input);
        try {
          await readConfig(file, scratch.folder, "named");
        } catch (error) {
          if (!(error instanceof HostbleedError && error.code === "config")) throw error;
        }
      },
    },
    {
      name: "baseline",
      unit: "files",
      make: (seed) => damaged(seed, baseline, (value) => stringify(value)),
      async check(input) {
        const file = scratch.write("baseline.yaml", input);
        const read = refused("baseline", () => readBaseline(file, file));
        if (read === null) return;
        writeBaseline(file, read);
        const again = readBaseline(file, file);
        if (JSON.stringify(again) !== JSON.stringify(read))
          throw new Error(`written otherwise than read:\n${readFileSync(file, "utf8")}`);
      },
    },
    {
      name: "report",
      unit: "files",
      make: (seed) => damaged(seed, fc.constant(report), (value) => JSON.stringify(value)),
      async check(input) {
        const file = scratch.write("report.json", input);
        for (const command of ["merge", "diff", "fix"])
          await requireNoMistake([command, file, ...(command === "diff" ? [file] : [])], scratch);
      },
    },
    {
      name: "cargo-lock",
      unit: "files",
      make: (seed) => damaged(seed, lock, lockText),
      check: (input) => requireNoMistake(["crates", scratch.write("Cargo.lock", input)], scratch),
    },
  ];
}

function lockText(packages: unknown): string {
  const tables = (packages as readonly Record<string, string>[]).map((table) =>
    [
      "[[package]]",
      ...Object.entries(table).map(([key, text]) => `${key} = ${JSON.stringify(text)}`),
    ].join("\n"),
  );
  return `version = 3\n\n${tables.join("\n\n")}\n`;
}

/** Runs the program in this process; an error that has no place in the table of errors fails. */
async function requireNoMistake(argv: readonly string[], { folder }: Scratch): Promise<void> {
  const said: string[] = [];
  const into = (parts: string[]): Writable =>
    new Writable({
      decodeStrings: false,
      write(part: string, _, done) {
        parts.push(part);
        done();
      },
    });
  const context: CommandContext = {
    cwd: folder,
    env: { HOSTBLEED_DEBUG: "1" },
    today: "2026-11-22",
    inspect,
    stdin: Readable.from([]),
    stdout: into([]),
    stderr: into(said),
    colorDepth: 1,
    onInterrupt: () => () => {},
  };
  await main(argv, context);
  const text = said.join("");
  if (text.includes("Internal error")) throw new Error(text);
}
