import type { Report } from "../model/report.ts";
import { type Block, blocksOf, kindsOf } from "./blocks.ts";
import { commandLine, printable } from "./printable.ts";
import { PLAIN, type RenderOptions, type Reporter } from "./reporter.ts";
import { sentence } from "./sentence.ts";
import { severityRank } from "./words.ts";
import { xmlLines, xmlQuoted } from "./xml.ts";

/**
 * JUnit XML as Jenkins and GitLab read it: a test case for each cause. What fails the run is a failure,
 * milder findings pass with their text as output, what could not be decided is skipped.
 */
export const junit: Reporter = function* junit(report, options = PLAIN) {
  const blocks = blocksOf(report);
  const failures = blocks.filter((block) => fails(block, options)).length;
  const tests = Math.max(1, blocks.length + report.undecided.length);
  const amounts = `tests="${tests}" failures="${failures}" errors="0"`;
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="hostbleed" ${amounts}>\n`;
  yield `  <testsuite name="hostbleed" ${amounts} skipped="${report.undecided.length}">\n`;
  for (const block of blocks) yield* blockCase(block, options);
  for (const { what, text } of report.undecided)
    yield `    <testcase classname="hostbleed.undecided" name=${xmlQuoted(what)}>\n      <skipped message=${xmlQuoted(text)}/>\n    </testcase>\n`;
  if (blocks.length + report.undecided.length === 0) yield cleanCase(report);
  yield "  </testsuite>\n</testsuites>\n";
};

function fails(block: Block, { failOn }: RenderOptions): boolean {
  return failOn !== "never" && severityRank(block.severity) <= severityRank(failOn);
}

function* blockCase(block: Block, options: RenderOptions): Iterable<string> {
  const rules = [...new Set(block.findings.map((finding) => finding.rule))];
  yield `    <testcase classname=${xmlQuoted(`hostbleed.${rules.join(" ")}`)} name=${xmlQuoted(block.title)}>\n`;
  const text = xmlLines([...bodyLines(block)]);
  if (fails(block, options))
    yield `      <failure type="${block.severity}" message=${xmlQuoted(block.title)}>${text}</failure>\n`;
  else yield `      <system-out>${text}</system-out>\n`;
  yield "    </testcase>\n";
}

/** Findings that one test case spells out; Jenkins keeps the whole text in memory. */
const MOST_FINDINGS = 200;

function* bodyLines(block: Block): Iterable<string> {
  const rest = block.findings.slice(MOST_FINDINGS);
  for (const finding of block.findings.slice(0, MOST_FINDINGS)) {
    yield sentence(finding);
    const { evidence, process } = finding;
    if (process.chain.length > 0) yield `  process: ${process.chain.map(printable).join(" > ")}`;
    if (process.argv.length > 0) yield `  command: ${commandLine(process.argv)}`;
    for (const { trace, line } of evidence) yield `  ${printable(trace)}:${line}`;
  }
  if (rest.length > 0) yield `… and ${kindsOf(rest)} more`;
  if (block.fix.length > 0) yield "Fix:";
  for (const line of block.fix) yield `  ${printable(line)}`;
}

function cleanCase(report: Report): string {
  const name =
    report.verdict === "undecided"
      ? "the trace could be judged"
      : `no ${report.summary.suppressed > 0 ? "new " : ""}host file was used for the target`;
  const outcome = report.verdict === "undecided" ? "<skipped/>" : "";
  return `    <testcase classname="hostbleed" name=${xmlQuoted(name)}>${outcome}</testcase>\n`;
}
