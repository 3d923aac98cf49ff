import type { Finding, Report } from "../model/report.ts";
import { type Block, blocksOf, kindsOf } from "./blocks.ts";
import { processList } from "./html/process.ts";
import { STYLE } from "./html/style.ts";
import { printable } from "./printable.ts";
import { PLAIN, type Reporter } from "./reporter.ts";
import { ZONE_WORDS } from "./sentence.ts";
import { doubtLines, summaryLines } from "./text/summary.ts";
import { count } from "./words.ts";
import { xmlLines, xmlText } from "./xml.ts";

/** Blocks that are written; a browser has to lay them out. */
const MOST_BLOCKS = 200;
/** Products of one block that are written. */
const MOST_PRODUCTS = 50;

/** One page for a build's artefacts: the causes with their processes, files and fixes. It runs and loads nothing. */
export const html: Reporter = function* html(report) {
  const title = `hostbleed: ${report.verdict}`;
  const summary = [...summaryLines(report, { ...PLAIN, verbose: true })];
  yield `<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8"/>\n`;
  yield `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>\n`;
  yield `<title>${title}</title>\n<style>\n${STYLE}\n</style>\n</head>\n<body>\n`;
  yield `<h1>${title}</h1>\n<p>${xmlText(summary.at(-1) ?? "")}</p>\n`;
  const blocks = blocksOf(report);
  for (const block of blocks.slice(0, MOST_BLOCKS)) yield* section(block);
  if (blocks.length > MOST_BLOCKS)
    yield `<p>${count(blocks.length - MOST_BLOCKS, "more group")}: see the JSON report.</p>\n`;
  yield* list("Allowed", report.allowed ?? []);
  yield* list("Suppressed", report.suppressed ?? []);
  const doubts = [...doubtLines(report, PLAIN)];
  if (doubts.length > 0) yield `<pre>${xmlLines(trimmed(doubts))}</pre>\n`;
  yield `<h2>What was judged</h2>\n<pre>${xmlLines(trimmed(summary.slice(0, -1)))}</pre>\n</body>\n</html>\n`;
};

function* section(block: Block): Iterable<string> {
  const { severity, title, findings, fix } = block;
  const [zone = "source", ...zones] = new Set(findings.map((finding) => finding.zone));
  const amount = kindsOf(findings) + (zones.length === 0 ? ZONE_WORDS[zone] : "");
  yield `<h2><span class="${severity}">${severity}:</span> ${xmlText(title)}</h2>\n<p class="faint">${xmlText(amount)}</p>\n`;
  yield* processList(block);
  yield* products(findings);
  if (fix.length > 0) yield `<p>Fix</p>\n<pre>${xmlLines(fix.map(printable))}</pre>\n`;
}

function* products(findings: readonly Finding[]): Iterable<string> {
  const reached = [...new Set(findings.flatMap((finding) => finding.taints))];
  if (reached.length === 0) return;
  yield "<p>Reached</p>\n<ul>\n";
  for (const path of reached.slice(0, MOST_PRODUCTS))
    yield `<li><code>${xmlText(path)}</code></li>\n`;
  if (reached.length > MOST_PRODUCTS)
    yield `<li>and ${count(reached.length - MOST_PRODUCTS, "other")}</li>\n`;
  yield "</ul>\n";
}

function* list(title: string, findings: NonNullable<Report["allowed"]>): Iterable<string> {
  if (findings.length === 0) return;
  yield `<details><summary>${title} (${findings.length})</summary>\n<ul>\n`;
  for (const { path, process, use, zone, rule } of findings)
    yield `<li><code>${xmlText(path)}</code> <small class="faint">${xmlText(`${process.program}, ${use}, ${zone}, ${rule}`)}</small></li>\n`;
  yield "</ul></details>\n";
}

function trimmed(lines: readonly string[]): readonly string[] {
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}
