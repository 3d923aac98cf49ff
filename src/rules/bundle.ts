import { mkdirSync, writeFileSync } from "node:fs";
import { readBuiltInPacks } from "./load.ts";
import { packJsonSchema } from "./schema.ts";

/*
 * The last step of the build: checks rules/*.yaml, and writes what the program needs of them at run time
 * and the JSON schema that editors use. From `src/rules/` and from `dist/rules/` alike, `../../dist` is the place.
 */
const dist = new URL("../../dist/", import.meta.url);
const packs = readBuiltInPacks().map((pack) => ({
  ...pack,
  source: `rules/${pack.name}.yaml`,
  examples: [],
}));
mkdirSync(new URL("rules/", dist), { recursive: true });
writeFileSync(new URL("rules/packs.json", dist), JSON.stringify(packs));
writeFileSync(
  new URL("rule-pack.schema.json", dist),
  `${JSON.stringify(packJsonSchema(), null, 2)}\n`,
);
