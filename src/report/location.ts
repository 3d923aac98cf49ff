import type { Finding } from "../model/report.ts";

/** A place in a file that the repository, or the CI's workspace, may have. */
export interface Location {
  /** Relative, without `./` or `..`, where the file lies below the root. */
  readonly file: string;
  readonly line: number;
}

/**
 * Where CI services pin a finding: its first line in the log. The host path itself can't be the place:
 * it lies outside the repository, so GitHub and GitLab would match it with nothing and hide the finding.
 */
export function locationOf({ evidence: [first] }: Finding, root: string | null): Location {
  if (first === undefined) return { file: STDIN, line: 1 };
  return { file: fileBelow(first.trace, root), line: Math.max(1, first.line) };
}

const STDIN = "stdin";

/** A trace as a workspace names it: relative to the root where it lies below it, else by its base name. */
function fileBelow(trace: string, root: string | null): string {
  if (trace === "-" || trace === "") return STDIN;
  const absolute = trace.startsWith("/");
  const inside = root !== null && trace.startsWith(`${root}/`);
  const path = inside ? trace.slice(root.length + 1) : trace;
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  const outside = (absolute && !inside) || parts.includes("..");
  return (outside ? parts.at(-1) : parts.join("/")) || STDIN;
}
