import type { Finding } from "../../model/report.ts";
import { kindsOf, worstFirst } from "../blocks.ts";
import { printable } from "../printable.ts";
import { remarksOf } from "../remarks.ts";
import type { RenderOptions } from "../reporter.ts";

/** Findings of one process that are shown before the rest is counted. */
const MOST_FILES = 2;

/** What one process opened, and what it should have opened instead: whole paths, one a line. */
export function* foundLines(
  unsorted: readonly Finding[],
  { paint, verbose }: RenderOptions,
): Iterable<string> {
  const findings = unsorted.toSorted(worstFirst);
  const shown = verbose || findings.length === MOST_FILES + 1 ? findings.length : MOST_FILES;
  for (const finding of findings.slice(0, shown)) {
    const notes = [place(finding), finding.rule, ...remarksOf(finding)].map(printable).join("  ");
    yield `${paint[finding.severity]("✗")} Actual    ${paint[finding.severity](printable(finding.path))}  ${paint.faint(notes)}`;
    if (finding.requested !== undefined) yield `  Asked as  ${printable(finding.requested)}`;
    if (finding.expected !== null) {
      const missing =
        finding.expected.exists || !finding.expected.known
          ? ""
          : `  ${paint.warning("missing there")}`;
      yield `  Expected  ${paint.good(printable(finding.expected.path))}${missing}`;
    }
    if (verbose)
      for (const { trace, line, text } of finding.evidence)
        yield paint.faint(`  ${printable(trace)}:${line}: ${printable(text)}`);
  }
  const folded = findings.slice(shown);
  if (folded.length > 0) yield paint.faint(`… and ${kindsOf(folded)} more (--verbose lists them)`);
}

/** `build.strace:14223`, or nothing when the log's lines are not known. */
function place({ evidence: [first] }: Finding): string {
  return first === undefined ? "" : `${first.trace}:${first.line}`;
}
