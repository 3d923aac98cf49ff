import { type Facts, USES, ZONES } from "../model/facts.ts";
import type { Conditions, Judge, Judgement, Rule } from "../model/rule.ts";
import { FLAG_CONDITIONS, FLAG_KEYS, WORD_KEYS } from "./conditions.ts";
import { compileGlobs } from "./glob.ts";
import { type RulePack, TIERS } from "./pack.ts";

/**
 * A judge over packs: the user's in the order given, then the built-in ones by tier and name. The first rule that matches
 * speaks. A user's pack takes the place of the built-in pack of its name.
 */
export function compile(packs: readonly RulePack[]): Judge {
  const compiled = inOrder(packs).flatMap((pack) => pack.rules.map(compileRule));
  const buckets = bucketed(compiled);
  const bucketOf = (facts: Facts) => buckets.get(facts.zone)?.get(facts.use) ?? [];
  const judgements = new Map<Rule, Judgement>(compiled.map(({ rule }) => [rule, { rule }]));
  return {
    rules: compiled.map(({ rule }) => rule),
    judge(facts) {
      for (const { rule, holds } of bucketOf(facts)) {
        if (holds(facts)) return judgements.get(rule) ?? SILENCE;
      }
      return SILENCE;
    },
    explain: (facts) =>
      bucketOf(facts)
        .filter(({ holds }) => holds(facts))
        .map(({ rule }) => rule),
  };
}

const SILENCE: Judgement = { rule: null };

interface CompiledRule {
  readonly rule: Rule;
  readonly holds: (facts: Facts) => boolean;
}

function inOrder(packs: readonly RulePack[]): readonly RulePack[] {
  const users = packs.filter((pack) => !pack.builtIn);
  const builtIns = packs
    .filter((pack) => pack.builtIn)
    .sort((a, b) => TIERS.indexOf(a.tier) - TIERS.indexOf(b.tier) || compareNames(a, b));
  const byName = new Map<string, RulePack>();
  for (const pack of [...users, ...builtIns]) {
    if (!byName.has(pack.name)) byName.set(pack.name, pack);
  }
  return [...byName.values()];
}

function compareNames(a: RulePack, b: RulePack): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

type Buckets = ReadonlyMap<string, ReadonlyMap<string, readonly CompiledRule[]>>;

/** Which rules can match at all, by zone and use: of some hundred rules a handful. */
function bucketed(rules: readonly CompiledRule[]): Buckets {
  const covers = (words: readonly string[] | undefined, word: string) =>
    words === undefined || words.includes(word);
  return new Map(
    ZONES.map((zone) => [
      zone,
      new Map(
        USES.map((use) => [
          use,
          rules.filter(({ rule: { when } }) => covers(when.zone, zone) && covers(when.use, use)),
        ]),
      ),
    ]),
  );
}

type Test = (facts: Facts) => boolean;

function compileRule(rule: Rule): CompiledRule {
  const tests = [...plainTests(rule.when), ...globTests(rule.when)];
  return { rule, holds: (facts) => tests.every((test) => test(facts)) };
}

/** Tests of words and flags; zone and use are left to the buckets. */
function* plainTests(when: Conditions): Iterable<Test> {
  for (const key of WORD_KEYS) {
    if (key === "zone" || key === "use") continue;
    const words = when[key];
    if (words === undefined) continue;
    const allowed = new Set<string | null>(words);
    yield (facts) => allowed.has(facts[key]);
  }
  for (const key of FLAG_KEYS.map((written) => FLAG_CONDITIONS[written])) {
    const wanted = when[key];
    if (wanted !== undefined) yield (facts) => facts[key] === wanted;
  }
}

function* globTests({ program, path, ancestor }: Conditions): Iterable<Test> {
  if (program) {
    const matches = compileGlobs(program);
    yield (facts) => matches(facts.program);
  }
  if (path) {
    const matches = compileGlobs(path);
    yield (facts) => matches(facts.path);
  }
  if (ancestor) {
    const matches = compileGlobs(ancestor);
    yield (facts) => facts.ancestors.some(matches);
  }
}
