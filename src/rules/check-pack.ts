import { GLOB_CONDITIONS, WORD_CONDITIONS, WORD_KEYS } from "./conditions.ts";
import { GlobError, parseGlob } from "./glob-syntax.ts";
import { itemsOf, type Lists } from "./lists.ts";
import type { PackFile, RuleFile } from "./schema.ts";
import type { ValueProblem } from "./schema-problems.ts";
import type { YamlPath } from "./yaml-text.ts";

/** What a schema cannot see: names that mean nothing or two things, globs that are none. */
export function checkPack(pack: PackFile): readonly ValueProblem[] {
  const lists: Lists = new Map(Object.entries(pack.lists ?? {}));
  const used = new Set<string>();
  const excess = [...spreadProblems(pack, lists)];
  if (excess.length > 0) return excess;
  return [
    ...idProblems(pack),
    ...pack.rules.flatMap((rule, index) => [
      ...ruleProblems(rule, ["rules", index]),
      ...conditionProblems(rule, lists, used, ["rules", index, "when"]),
    ]),
    ...listProblems(lists, used),
  ];
}

/** Most characters of all conditions, with each list as often as it is used; the largest built-in pack has 3,000. */
export const SPREAD_LIMIT = 256 * 1024;

/** A list of a thousand in a thousand rules: checked before anything is done with them. */
function* spreadProblems(pack: PackFile, lists: Lists): Iterable<ValueProblem> {
  const sizeOf = (items: readonly string[]) => items.reduce((sum, { length }) => sum + length, 0);
  const sizes = new Map([...lists].map(([name, items]) => [`@${name}`, sizeOf(items)]));
  let sum = 0;
  for (const [index, { when }] of pack.rules.entries()) {
    for (const key of [...WORD_KEYS, ...GLOB_CONDITIONS])
      for (const entry of [when[key] ?? []].flat()) sum += sizes.get(entry) ?? entry.length;
    if (sum <= SPREAD_LIMIT) continue;
    const message = `expected conditions of at most ${SPREAD_LIMIT} characters in all, with the lists spread`;
    return yield { path: ["rules", index, "when"], message };
  }
}

function* idProblems(pack: PackFile): Iterable<ValueProblem> {
  const seen = new Map(pack.retired?.map((id) => [id, "a retired rule had"]));
  for (const [index, { id }] of pack.rules.entries()) {
    const other = seen.get(id);
    if (other) {
      yield {
        path: ["rules", index, "id"],
        message: `expected an id of its own, ${other} "${id}"`,
      };
    }
    seen.set(id, "another rule has");
  }
}

function* ruleProblems(rule: RuleFile, path: YamlPath): Iterable<ValueProblem> {
  for (const key of ["severity", "fix"] as const) {
    if (rule[key] === undefined && rule.verdict !== "allowed") {
      yield { path, message: `expected a ${key}, since the verdict is not allowed` };
    }
  }
  if (rule.fix === rule.title) {
    yield { path: [...path, "fix"], message: "expected what to do, this is the title again" };
  }
  const seen = new Set<string>();
  for (const kind of ["match", "no-match"] as const) {
    for (const [index, example] of (rule.examples?.[kind] ?? []).entries()) {
      const { because: _, ...situation } = { because: "", ...example };
      const text = JSON.stringify(situation);
      if (seen.has(text)) {
        yield { path: [...path, "examples", kind, index], message: "expected each example once" };
      }
      seen.add(text);
    }
  }
}

function* conditionProblems(
  rule: RuleFile,
  lists: Lists,
  used: Set<string>,
  path: YamlPath,
): Iterable<ValueProblem> {
  for (const key of [...WORD_KEYS, ...GLOB_CONDITIONS]) {
    const given = rule.when[key];
    if (given === undefined) continue;
    for (const [index, entry] of [given].flat().entries()) {
      const at = [...path, key, ...(Array.isArray(given) ? [index] : [])];
      if (entry.startsWith("@")) used.add(entry.slice(1));
      const items = itemsOf(entry, lists);
      if (!items) yield { path: at, message: `expected a name under lists, not "${entry}"` };
      else for (const item of items) yield* itemProblems(key, item, at);
    }
  }
}

function* itemProblems(
  key: keyof RuleFile["when"],
  item: string,
  path: YamlPath,
): Iterable<ValueProblem> {
  if (key in WORD_CONDITIONS) {
    const words: readonly string[] = WORD_CONDITIONS[key as keyof typeof WORD_CONDITIONS];
    if (!words.includes(item)) {
      yield { path, message: `expected one of ${words.join(", ")}, not "${item}"` };
    }
    return;
  }
  try {
    parseGlob(item);
  } catch (error) {
    if (!(error instanceof GlobError)) throw error;
    yield { path, message: `expected a glob: ${error.message}` };
  }
}

function* listProblems(lists: Lists, used: ReadonlySet<string>): Iterable<ValueProblem> {
  for (const [name, items] of lists) {
    const path = ["lists", name];
    if (!used.has(name)) yield { path, part: "key", message: "expected a list that a rule uses" };
    const nested = items.findIndex((item) => item.startsWith("@"));
    if (nested >= 0) yield { path: [...path, nested], message: "expected no list within a list" };
  }
}
