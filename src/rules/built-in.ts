import { readFileSync } from "node:fs";
import type { RulePack } from "./pack.ts";

/** Where the build leaves the built-in packs as JSON: beside the compiled code. */
const BUNDLE = new URL("./packs.json", import.meta.url);

/**
 * The built-in packs, without their examples. Read from what the build made of the YAML, since importing zod and yaml
 * alone would cost more than judging a small trace; from the YAML where nothing was built, as in a checkout under tsx.
 */
export async function builtInPacks(): Promise<readonly RulePack[]> {
  const bundle = readBundle();
  if (bundle !== undefined) return JSON.parse(bundle);
  const { readBuiltInPacks } = await import("./load.ts");
  return readBuiltInPacks();
}

/**
 * Loads packs with their examples: each source is the name of a built-in pack, a YAML file, or a folder of them.
 * @throws {HostbleedError} `rule-pack`, one line for each problem: `file:line:column: path: what was expected`
 */
export async function loadRulePacks(sources: readonly string[]): Promise<readonly RulePack[]> {
  if (sources.length === 0) return [];
  const { readRulePacks } = await import("./load.ts");
  return readRulePacks(sources);
}

function readBundle(): string | undefined {
  try {
    return readFileSync(BUNDLE, "utf8");
  } catch {
    return undefined;
  }
}
