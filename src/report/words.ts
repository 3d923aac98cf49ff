import type { Artifact } from "../model/facts.ts";
import type { Report } from "../model/report.ts";
import { SEVERITIES, type Severity } from "../model/rule.ts";

/** `1 error`, `12,345 errors`. */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${thousands(amount)} ${amount === 1 ? one : many}`;
}

/** `12 known findings not shown`; those that are listed are. */
export function knownFindings({ summary, suppressed = [] }: Report): string {
  const listed = suppressed.length > 0;
  return `${count(summary.suppressed, "known finding")}${listed ? "" : " not shown"}`;
}

/** A whole number with a comma at each thousand, in every locale alike. */
export function thousands(amount: number): string {
  return String(amount).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** `a`, `a and b`, `a, b and c`. */
export function list(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join("");
  return `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

/** A paragraph as lines of at most so many columns; a longer word, such as a path, stays whole. */
export function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.trim().split(/\s+/)) {
    if (line !== "" && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Rank for sorting: errors first. */
export function severityRank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

/** What people call each kind of file: one, many. */
export const KIND_NAMES: Readonly<Record<Artifact, readonly [string, string]>> = {
  header: ["header", "headers"],
  library: ["library", "libraries"],
  object: ["object file", "object files"],
  pkgconfig: ["pkg-config file", "pkg-config files"],
  cmake: ["CMake package", "CMake packages"],
  program: ["program", "programs"],
  config: ["configuration file", "configuration files"],
  network: ["network address", "network addresses"],
  other: ["other file", "other files"],
};
