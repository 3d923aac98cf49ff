import type { z } from "zod";
import type { YamlPath } from "./yaml-text.ts";

/** A problem of a value, before anyone looked up its line. */
export interface ValueProblem {
  readonly path: YamlPath;
  /** `key` when the key itself is wrong, not its value. */
  readonly part?: "key";
  readonly message: string;
}

type Issue = z.core.$ZodIssue;

/** zod's issues with a value as sentences that say what was expected, and where nothing was, that it is missing. */
export function schemaProblems(issues: readonly Issue[], value: unknown): readonly ValueProblem[] {
  return issues
    .flatMap((issue) => problemsOf(issue, []))
    .map((problem) =>
      problem.part === undefined && isMissing(value, problem.path)
        ? { ...problem, message: `missing, ${problem.message}` }
        : problem,
    );
}

function isMissing(value: unknown, path: YamlPath): boolean {
  let at = value;
  for (const step of path) {
    if (typeof at !== "object" || at === null) return false;
    at = Reflect.get(at, step);
  }
  return at === undefined;
}

function problemsOf(issue: Issue, above: YamlPath): readonly ValueProblem[] {
  const path = [...above, ...issue.path];
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ path: [...path, key], part: "key", message: "no such key" }));
  }
  if (issue.code === "invalid_union") return unionProblems(issue.errors, path);
  return [{ path, message: expectation(issue) }];
}

/** The branch that came nearest: the one whose issues lie deepest. Where none is nearer, what each of them expected. */
function unionProblems(branches: readonly (readonly Issue[])[], path: YamlPath) {
  const found = branches.map((issues) => issues.flatMap((issue) => problemsOf(issue, path)));
  const depths = found.map((problems) => Math.max(0, ...problems.map(depthOf)));
  const deepest = Math.max(...depths);
  const nearest = found.filter((_, index) => depths[index] === deepest);
  const fewest = Math.min(...nearest.map((problems) => problems.length));
  const best = nearest.filter((problems) => problems.length === fewest);
  if (deepest > path.length || best.length === 1) return best[0] ?? [];
  const wanted = best.flat().map((problem) => problem.message.replace(/^expected /, ""));
  return [{ path, message: `expected ${[...new Set(wanted)].join(", or ")}` }];
}

function depthOf(problem: ValueProblem): number {
  return problem.path.length;
}

function expectation(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return `expected ${KINDS[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return `expected ${issue.values.length > 1 ? "one of " : ""}${issue.values.join(", ")}`;
    case "too_small":
      return issue.origin === "array" ? "expected at least one entry" : "expected some text";
    case "too_big":
      return `expected at most ${issue.maximum} characters`;
    case "invalid_key":
      return "expected a name of lower-case words and hyphens";
    default:
      return `expected ${issue.message}`;
  }
}

/** zod's words for the kinds of values, in YAML's. */
const KINDS: Readonly<Record<string, string>> = {
  string: "text",
  array: "a list",
  object: "a mapping",
  record: "a mapping",
  boolean: "true or false",
  number: "a number",
};
