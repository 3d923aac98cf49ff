import { builtInPacks, loadRulePacks } from "../rules/index.ts";
import type { Settings } from "./config/settle.ts";
import { suggestion } from "./suggestion.ts";

/** A line for each rule that the configuration judges otherwise, and that no pack has. */
export async function strayOverrides({
  overrides,
  rulePacks,
  defaultRules,
}: Pick<Settings, "overrides" | "rulePacks" | "defaultRules">): Promise<readonly string[]> {
  if (overrides.size === 0) return [];
  const packs = [
    ...(await loadRulePacks(rulePacks)),
    ...(defaultRules ? await builtInPacks() : []),
  ];
  const known = packs.flatMap((pack) => [
    ...pack.rules.map(({ id }) => id),
    ...pack.retired.map((name) => (name.includes("/") ? name : `${pack.name}/${name}`)),
  ]);
  return [...overrides.keys()]
    .filter((id) => !known.includes(id))
    .map((id) => `severity: there is no rule ${id}${suggestion(id, known)}`);
}
