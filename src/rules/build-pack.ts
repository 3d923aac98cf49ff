import type { Conditions, Rule } from "../model/rule.ts";
import { FLAG_CONDITIONS, FLAG_KEYS, GLOB_CONDITIONS, WORD_KEYS } from "./conditions.ts";
import { itemsOf, type Lists } from "./lists.ts";
import type { Example, ExampleFacts, RulePack } from "./pack.ts";
import type { ExampleFile, PackFile, RuleFile } from "./schema.ts";
import { worldOf } from "./world.ts";
import type { YamlText } from "./yaml-text.ts";

/** The pack that a checked file describes: its lists spread, its ids made whole. */
export function buildPack(
  file: PackFile,
  origin: { readonly source: string; readonly builtIn: boolean },
  placeOf: YamlText["placeOf"],
): RulePack {
  const lists: Lists = new Map(Object.entries(file.lists ?? {}));
  return {
    name: file.pack,
    title: file.title,
    description: file.description ?? "",
    tier: file.tier ?? "content",
    ...origin,
    rules: file.rules.map((rule) => buildRule(rule, file.pack, lists)),
    retired: (file.retired ?? []).map((id) => `${file.pack}/${id}`),
    world: worldOf(file.world),
    examples: file.rules.flatMap((rule, index) => [
      ...buildExamples(rule, index, file.pack, placeOf),
    ]),
  };
}

function buildRule(rule: RuleFile, pack: string, lists: Lists): Rule {
  return {
    id: `${pack}/${rule.id}`,
    title: rule.title,
    verdict: rule.verdict ?? "leak",
    severity: rule.severity ?? "note",
    when: buildConditions(rule.when, lists),
    why: rule.why,
    fix: rule.fix ?? "",
    causes: rule.causes ?? [],
    see: rule.see ?? [],
  };
}

function buildConditions(when: RuleFile["when"], lists: Lists): Conditions {
  const conditions: Record<string, readonly string[] | boolean> = {};
  for (const key of [...WORD_KEYS, ...GLOB_CONDITIONS]) {
    const given = when[key];
    if (given !== undefined) {
      conditions[key] = [given].flat().flatMap((entry) => itemsOf(entry, lists) ?? []);
    }
  }
  for (const key of FLAG_KEYS) {
    const given = when[key];
    if (given !== undefined) conditions[FLAG_CONDITIONS[key]] = given;
  }
  return conditions;
}

function* buildExamples(
  rule: RuleFile,
  index: number,
  pack: string,
  placeOf: YamlText["placeOf"],
): Iterable<Example> {
  for (const expect of ["match", "no-match"] as const) {
    for (const [at, example] of (rule.examples?.[expect] ?? []).entries()) {
      const { because, ...given } = { because: null, ...example };
      yield {
        rule: `${pack}/${rule.id}`,
        expect,
        because,
        given: "strace" in given ? given : spelledAsFacts(given),
        ...placeOf(["rules", index, "examples", expect, at]),
      };
    }
  }
}

/** The spelling of the file (`through-symlink`) as that of the facts. */
function spelledAsFacts(written: ExampleFile): ExampleFacts {
  const facts: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(written)) facts[FACT_NAMES.get(key) ?? key] = value;
  return { ...facts, path: written.path };
}

const FACT_NAMES: ReadonlyMap<string, string> = new Map(Object.entries(FLAG_CONDITIONS));
