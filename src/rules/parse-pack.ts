import { buildPack } from "./build-pack.ts";
import { checkPack } from "./check-pack.ts";
import type { RulePack } from "./pack.ts";
import { packSchema } from "./schema.ts";
import { schemaProblems, type ValueProblem } from "./schema-problems.ts";
import { type Problem, parseYaml, type YamlText } from "./yaml-text.ts";

/** Largest file that is read as a pack, in bytes. */
export const PACK_SIZE_LIMIT = 256 * 1024;

/** A pack from the text of its file, or everything that is wrong with it. */
export function parsePack(
  text: string,
  origin: { readonly source: string; readonly builtIn: boolean },
): RulePack | readonly Problem[] {
  const yaml = parseYaml(text);
  if (!("value" in yaml)) return yaml;
  const parsed = packSchema.safeParse(yaml.value);
  if (!parsed.success) return located(schemaProblems(parsed.error.issues, yaml.value), yaml);
  const problems = checkPack(parsed.data);
  if (problems.length > 0) return located(problems, yaml);
  return buildPack(parsed.data, origin, yaml.placeOf);
}

function located(problems: readonly ValueProblem[], yaml: YamlText): readonly Problem[] {
  return problems.map(({ path, part, message }) => ({
    ...yaml.placeOf(path, part),
    path: path.map(String).join("."),
    message,
  }));
}
