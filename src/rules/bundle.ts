import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readBuiltInPacks } from "./load.ts";
import { packJsonSchema } from "./schema.ts";

/*
 * The last step of the build: checks rules/*.yaml, and writes what the program needs of them at run time and the JSON schema
 * that editors use. The first argument is the folder for both; without it `dist`, which lies at `../../dist` from
 * `src/rules/` and from `dist/rules/` alike.
 */
const dist = process.argv[2] ?? fileURLToPath(new URL("../../dist/", import.meta.url));
const packs = readBuiltInPacks().map((pack) => ({
  ...pack,
  source: `rules/${pack.name}.yaml`,
  examples: [],
}));
mkdirSync(join(dist, "rules"), { recursive: true });
writeFileSync(join(dist, "rules/packs.json"), JSON.stringify(packs));
writeFileSync(
  join(dist, "rule-pack.schema.json"),
  `${JSON.stringify(packJsonSchema(), null, 2)}\n`,
);
