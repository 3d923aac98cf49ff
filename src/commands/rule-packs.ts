import { existsSync } from "node:fs";
import { HostbleedError } from "../model/errors.ts";
import type { Rule } from "../model/rule.ts";
import { builtInPacks, loadRulePacks, type RulePack } from "../rules/index.ts";
import { nearest } from "./suggestion.ts";

/** Which packs are meant. */
export interface PackChoice {
  /** Names, files and folders; they speak before the built-in ones. */
  readonly rules: readonly string[] | undefined;
  readonly noDefaultRules: boolean | undefined;
}

/**
 * The packs of a run, with their examples.
 * @throws {HostbleedError} `rule-pack`
 */
export async function packsOf({
  rules = [],
  noDefaultRules,
}: PackChoice): Promise<readonly RulePack[]> {
  const own = await loadRulePacks(rules);
  if (noDefaultRules) return own;
  const names = (await builtInPacks()).map(({ name }) => name);
  const builtIn = await loadRulePacks(names);
  return [...own, ...builtIn.filter(({ name }) => !own.some((pack) => pack.name === name))];
}

/** A pack, or one of its rules. */
export type Named =
  | { readonly pack: RulePack; readonly rule: null }
  | { readonly pack: RulePack; readonly rule: Rule };

/**
 * The packs of these names, or in these files and folders.
 * @throws {HostbleedError} `rule-pack`
 */
export async function packsNamed(
  names: readonly string[],
  packs: readonly RulePack[],
): Promise<readonly RulePack[]> {
  const found = names.map(async (each) => {
    const known = packs.find(({ name }) => name === each);
    return known === undefined ? loadRulePacks([each]) : [known];
  });
  return [...new Set((await Promise.all(found)).flat())];
}

/**
 * The same as {@link named}, of files and folders too.
 * @throws {HostbleedError} `usage` or `rule-pack`
 */
export async function namedOrRead(
  name: string,
  packs: readonly RulePack[],
): Promise<readonly Named[]> {
  const isKnown = packs.some((pack) => pack.rules.some(({ id }) => id === name));
  if (isKnown || !existsSync(name)) return [named(name, packs)];
  return (await packsNamed([name], packs)).map((pack) => ({ pack, rule: null }));
}

/**
 * What a name stands for: `pack`, `pack/rule`, or `rule` where only one pack has it.
 * @throws {HostbleedError} `usage`, with the name that was meant
 */
export function named(name: string, packs: readonly RulePack[]): Named {
  const pack = packs.find((each) => each.name === name);
  if (pack !== undefined) return { pack, rule: null };
  const all = packs.flatMap((each) => each.rules.map((rule) => ({ pack: each, rule })));
  const exact = all.find(({ rule }) => rule.id === name);
  if (exact !== undefined) return exact;
  const short = all.filter(({ rule }) => rule.id.endsWith(`/${name}`));
  const [only] = short;
  if (only !== undefined && short.length === 1) return only;
  if (short.length > 1) {
    const ids = short.map(({ rule }) => rule.id).join(", ");
    throw new HostbleedError("usage", `${name} is a rule of several packs: ${ids}`);
  }
  const names = [...packs.map((each) => each.name), ...all.map(({ rule }) => rule.id)];
  const meant =
    nearest(name, names) ??
    nearest(
      name,
      all.map(({ rule }) => shortId(rule)),
    );
  throw new HostbleedError(
    "usage",
    `no rule or pack ${name}${meant === null ? "" : `; did you mean ${meant}?`}`,
    "hostbleed rules list names them all",
  );
}

function shortId({ id }: Rule): string {
  return id.slice(id.indexOf("/") + 1);
}
