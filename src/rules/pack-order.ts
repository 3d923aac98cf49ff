import { type RulePack, TIERS } from "./pack.ts";

/** Whose rules are asked first: the user's as they were given, then the built-in ones by tier and name. */
export function inOrder(packs: readonly RulePack[]): readonly RulePack[] {
  const place = ({ builtIn, tier }: RulePack) => (builtIn ? 1 + TIERS.indexOf(tier) : 0);
  const compare = (a: RulePack, b: RulePack) =>
    place(a) - place(b) || (a.builtIn && a.name !== b.name ? (a.name < b.name ? -1 : 1) : 0);
  return [...packs].sort(compare);
}
