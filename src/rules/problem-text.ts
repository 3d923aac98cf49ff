import type { Problem } from "./yaml-text.ts";

/** Problems that are listed before the rest is counted. */
const MOST_PROBLEMS = 20;

/** The problems of a file, a line each: `file:line:column: path: what was expected`. */
export function problemText(file: string, problems: readonly Problem[]): string {
  const lines = problems
    .slice(0, MOST_PROBLEMS)
    .map(
      ({ line, column, path, message }) =>
        `${file}:${line}:${column}: ${path === "" ? "" : `${path}: `}${message}`,
    );
  const hidden = problems.length - lines.length;
  if (hidden > 0) lines.push(`${file}: and ${hidden} more`);
  return lines.join("\n");
}
