import type { Facts } from "../model/facts.ts";
import type { Conditions, Judge, Judgement, Rule } from "../model/rule.ts";
import { FLAG_CONDITIONS, WORD_KEYS } from "./conditions.ts";
import { compileGlobs } from "./glob.ts";
import type { RulePack } from "./pack.ts";
import { inOrder } from "./pack-order.ts";

/**
 * A judge over packs: the user's in the order given, then the built-in ones by tier and name. The first rule that matches
 * speaks. A user's pack takes the place of the built-in pack of its name.
 */
export function compile(packs: readonly RulePack[]): Judge {
  const compiled = chosen(packs).flatMap((pack) => pack.rules.map(compileRule));
  const buckets = new Map<string, readonly CompiledRule[]>();
  const bucketOf = (facts: Facts) => {
    const { zone, use, side, artifact, outcome, role, maker } = facts;
    const key = `${zone} ${use} ${side} ${artifact} ${outcome} ${role} ${maker}`;
    let bucket = buckets.get(key);
    if (bucket === undefined) {
      bucket = compiled.filter(({ rule }) => wordsHold(rule.when, facts));
      buckets.set(key, bucket);
    }
    return bucket;
  };
  return {
    rules: compiled.map(({ rule }) => rule),
    judge(facts) {
      for (const { judgement, holds } of bucketOf(facts)) if (holds(facts)) return judgement;
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
  readonly judgement: Judgement;
  /** Whether the rule holds for facts of a bucket that it is in. */
  readonly holds: (facts: Facts) => boolean;
}

/** One pack for each name: a user's, where there is one. */
function chosen(packs: readonly RulePack[]): readonly RulePack[] {
  const byName = new Map<string, RulePack>();
  for (const pack of inOrder(packs)) if (!byName.has(pack.name)) byName.set(pack.name, pack);
  return [...byName.values()];
}

/** Conditions that have few answers: facts that agree on all of them share a bucket with the rules that can still match. */
function wordsHold(when: Conditions, facts: Facts): boolean {
  return WORD_KEYS.every((key) => {
    const words: readonly (string | null)[] | undefined = when[key];
    return words === undefined || words.includes(facts[key]);
  });
}

type Test = (facts: Facts) => boolean;

function compileRule(rule: Rule): CompiledRule {
  const tests = [...flagTests(rule.when), ...globTests(rule.when)];
  return { rule, judgement: { rule }, holds: (facts) => tests.every((test) => test(facts)) };
}

function* flagTests(when: Conditions): Iterable<Test> {
  for (const key of Object.values(FLAG_CONDITIONS)) {
    const wanted = when[key];
    if (wanted !== undefined) yield (facts) => facts[key] === wanted;
  }
}

function* globTests({ program, path, ancestor }: Conditions): Iterable<Test> {
  if (program) {
    const matches = compileGlobs(program);
    yield (facts) => matches(facts.program);
  }
  if (ancestor) {
    const matches = compileGlobs(ancestor);
    yield (facts) => facts.ancestors.some(matches);
  }
  if (path) {
    const matches = compileGlobs(path);
    yield (facts) => matches(facts.path);
  }
}
