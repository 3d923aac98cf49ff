import { HostbleedError } from "../model/errors.ts";
import type { Facts } from "../model/facts.ts";
import type { Conditions, Judge, Judgement, Rule } from "../model/rule.ts";
import { FLAG_CONDITIONS, WORD_KEYS } from "./conditions.ts";
import { compileGlobs } from "./glob.ts";
import type { Spend } from "./glob-machine.ts";
import type { RulePack } from "./pack.ts";
import { inOrder } from "./pack-order.ts";

/**
 * A judge over packs: the user's in the order given, then the built-in ones by tier and name. The first rule that matches
 * speaks. A user's pack takes the place of the built-in pack of its name.
 */
export function compile(packs: readonly RulePack[]): Judge {
  const spenderFor = budget(MOST_PLACES);
  const compiled = chosen(packs).flatMap((pack) =>
    pack.rules.map((rule) => compileRule(rule, spenderFor(rule))),
  );
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

/**
 * What all globs together may cost: about five seconds. The built-in packs spend a thousandth of it on a gigabyte of log;
 * a pack that was made to stop the gate spends all of it, and is refused.
 */
const MOST_PLACES = 10_000_000;

function budget(most: number): (rule: Rule) => Spend {
  let left = most;
  return ({ id }) =>
    (places) => {
      left -= places;
      if (left >= 0) return;
      throw new HostbleedError(
        "rule-pack",
        `${id}: its globs take too long to match`,
        "say the same with fewer * and ?",
      );
    };
}

function compileRule(rule: Rule, spend: Spend): CompiledRule {
  const tests = [...flagTests(rule.when), ...globTests(rule.when, spend)];
  return { rule, judgement: { rule }, holds: (facts) => tests.every((test) => test(facts)) };
}

function* flagTests(when: Conditions): Iterable<Test> {
  for (const key of Object.values(FLAG_CONDITIONS)) {
    const wanted = when[key];
    if (wanted !== undefined) yield (facts) => facts[key] === wanted;
  }
}

function* globTests({ program, path, ancestor }: Conditions, spend: Spend): Iterable<Test> {
  if (program) {
    const matches = compileGlobs(program, spend);
    yield (facts) => matches(facts.program);
  }
  if (ancestor) {
    const matches = compileGlobs(ancestor, spend);
    yield (facts) => facts.ancestors.some(matches);
  }
  if (path) {
    const matches = compileGlobs(path, spend);
    yield (facts) => matches(facts.path);
  }
}
