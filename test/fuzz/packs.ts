import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { stringify } from "yaml";
import { Random } from "../../benchmarks/generator/random.ts";
import { ARTIFACTS, type Facts, ROLES, SIDES, USES, ZONES } from "../../src/model/facts.ts";
import { compile, testRulePack } from "../../src/rules/index.ts";
import { readPack } from "../../src/rules/load.ts";
import { PACK_SIZE_LIMIT } from "../../src/rules/parse-pack.ts";
import { HEADER_FACTS } from "../rules/facts.ts";
import { FILE_WORDS, mutated } from "./mutate.ts";
import { refused, type Scratch } from "./scratch.ts";
import type { Target } from "./target.ts";

const BUILT_IN = new URL("../../rules/", import.meta.url);

const id = fc.constantFrom("a", "b-1", "host-header", "x");
const sentence = fc.constantFrom("It is so.", "é\u202e", "a: b # c", "- x", " ");
const glob = fc.oneof(
  fc.constantFrom(
    "**/*.h",
    "/usr/**",
    "lib{ssl,crypto}.so*",
    "*a*a*a*a*a*a*b",
    "[!a]?",
    "{a,}{a,}",
    "@l",
  ),
  fc
    .array(fc.constantFrom("*", "**", "?", "/", "a", "{", "}", ",", "[", "]", "\\", "!"), {
      maxLength: 24,
    })
    .map((parts) => parts.join("")),
);
const some = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T | T[]> =>
  fc.oneof(item, fc.array(item, { maxLength: 4 }));
const conditions = fc.record(
  {
    zone: some(fc.constantFrom(...ZONES, "@l")),
    use: some(fc.constantFrom(...USES)),
    side: some(fc.constantFrom(...SIDES)),
    artifact: some(fc.constantFrom(...ARTIFACTS)),
    role: some(fc.constantFrom(...ROLES)),
    path: some(glob),
    program: some(glob),
    ancestor: some(glob),
    rejected: fc.boolean(),
    "through-symlink": fc.boolean(),
  },
  { requiredKeys: [] },
);
const example = fc.oneof(
  fc.record(
    { path: fc.constantFrom("/usr/include/z.h", "relative", "/"), because: sentence },
    { requiredKeys: ["path"] },
  ),
  fc.record({ strace: fc.constantFrom('openat(AT_FDCWD, "/x", O_RDONLY) = 3', "no strace") }),
);
const rule = fc.record(
  {
    id,
    title: sentence,
    verdict: fc.constantFrom("leak", "suspect", "allowed", "other"),
    severity: fc.constantFrom("error", "warning", "note"),
    when: conditions,
    why: sentence,
    fix: sentence,
    causes: fc.array(fc.constantFrom("CPATH", "no name")),
    examples: fc.record(
      { match: fc.array(example), "no-match": fc.array(example) },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ["id", "title", "severity", "when", "why", "fix"] },
);
const pack = fc.record(
  {
    pack: fc.constantFrom("acme", "libssl", "__proto__", "Not a name"),
    format: fc.constantFrom(1, 1, 1, 2, "1"),
    title: sentence,
    lists: fc.dictionary(fc.constantFrom("l", "m"), fc.array(glob)),
    retired: fc.array(id),
    world: fc.record({ sysroot: fc.constantFrom("/s", "s") }, { requiredKeys: [] }),
    rules: fc.array(rule, { maxLength: 4 }),
  },
  { requiredKeys: ["pack", "format", "title", "rules"] },
);

/** What compiled rules are asked of: real paths, and texts that make matching slow where anything can. */
const PATHS = ["/usr/include/z.h", "a".repeat(4096), `/${"a/".repeat(2000)}b`, "", "\xff\n{"];

/** The loader of rule packs, the compiler and the matcher: each file is a pack that judges, or is refused with its problems. */
export function packTarget(scratch: Scratch): Target {
  const real = readdirSync(BUILT_IN).map((name) => readFileSync(new URL(name, BUILT_IN)));
  return {
    name: "packs",
    unit: "files",
    make(seed) {
      const random = new Random(seed);
      const text = random.chance(0.8) ? generated(random) : part(random.pick(real), random);
      const edits = random.chance(0.3) ? 0 : 1 + random.skewed(20);
      return mutated(text, edits, random, FILE_WORDS);
    },
    async check(input) {
      const file = scratch.write("acme.yaml", input);
      const loaded = refused("rule-pack", () => readPack(file, false));
      if (loaded === null) return;
      if (input.length > PACK_SIZE_LIMIT) throw new Error("a pack beyond the limit was read");
      const judge = compile([loaded]);
      for (const path of PATHS) {
        const facts = factsOf(path);
        const [first = null] = judge.explain(facts);
        if (judge.judge(facts).rule !== first) throw new Error("judge and explain do not agree");
      }
      await testRulePack(loaded);
    },
  };
}

function generated(random: Random): Buffer {
  const [made] = fc.sample(pack, { seed: random.below(2 ** 31), numRuns: 1 });
  return Buffer.from(
    stringify(made, random.chance(0.5) ? {} : { defaultStringType: "QUOTE_DOUBLE" }),
  );
}

/** The beginning of a real pack: its head and some rules. */
function part(text: Buffer, random: Random): Buffer {
  const end = text.indexOf("\n  - id:", random.below(Math.min(text.length, 6000)));
  return end < 0 ? text : text.subarray(0, end + 1);
}

function factsOf(path: string): Facts {
  return { ...HEADER_FACTS, path, program: path.slice(0, 300), ancestors: [path, "make"] };
}
