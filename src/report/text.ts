import type { Finding, Report } from "../model/report.ts";
import { type Block, blocksOf, kindsOf } from "./blocks.ts";
import { printable } from "./printable.ts";
import { PLAIN, type RenderOptions, type Reporter } from "./reporter.ts";
import { ZONE_WORDS } from "./sentence.ts";
import { chainLines } from "./text/chain.ts";
import { doubtLines, summaryLines } from "./text/summary.ts";
import { count } from "./words.ts";

/** Blocks drawn in full, and blocks named in one line, before the rest is counted. */
const MOST_BLOCKS = 8;
const MOST_TITLES = 40;

/** For people: the cause first, who opened what instead of what, the fix to paste, then the verdict. */
export const text: Reporter = function* text(report, options = PLAIN) {
  for (const line of lines(report, options)) yield `${line}\n`;
};

function* lines(report: Report, options: RenderOptions): Iterable<string> {
  const blocks = blocksOf(report);
  const loud = options.verbose ? blocks : blocks.filter((block) => isLoud(block, report));
  const whole = options.verbose ? loud : loud.slice(0, MOST_BLOCKS);
  for (const block of whole) {
    yield* blockLines(block, options);
    yield "";
  }
  yield* titleLines(loud.slice(whole.length), options);
  yield* quietLines(
    blocks.filter((block) => !loud.includes(block)),
    options,
  );
  yield* listLines("Allowed", report.allowed ?? [], options);
  yield* listLines("Suppressed", report.suppressed ?? [], options);
  yield* doubtLines(report, options);
  yield* summaryLines(report, options);
}

/** What may be a leak is no fact on the side, where nothing of the report is certain. */
function isLoud({ severity, findings }: Block, { verdict }: Report): boolean {
  if (severity !== "note") return true;
  return verdict === "undecided" && findings.some(({ side }) => side === "unknown");
}

function* blockLines(block: Block, options: RenderOptions): Iterable<string> {
  const { paint } = options;
  const [zone = "source", ...zones] = new Set(block.findings.map((finding) => finding.zone));
  const amount = kindsOf(block.findings) + (zones.length === 0 ? ZONE_WORDS[zone] : "");
  yield `${paint[block.severity](`${block.severity}:`)} ${paint.strong(printable(block.title))}  ${paint.faint(`(${amount})`)}`;
  for (const line of chainLines(block, options)) yield `  ${line}`;
  const tainted = [...new Set(block.findings.flatMap((finding) => finding.taints))];
  if (tainted.length > 0) {
    const shown = options.verbose ? tainted : tainted.slice(0, 3);
    const rest = tainted.length - shown.length;
    for (const [at, path] of shown.entries())
      yield `  ${at === 0 ? "Reached   " : "          "}${printable(path)}`;
    if (rest > 0) yield `            ${paint.faint(`and ${rest} more`)}`;
  }
  const [first, ...others] = block.fix;
  if (first !== undefined) yield `  Fix       ${paint.good(printable(first))}`;
  for (const line of others) yield `            ${paint.good(printable(line))}`;
}

function* titleLines(blocks: readonly Block[], { paint }: RenderOptions): Iterable<string> {
  for (const block of blocks.slice(0, MOST_TITLES))
    yield `${paint[block.severity](`${block.severity}:`)} ${printable(block.title)}  ${paint.faint(`(${kindsOf(block.findings)})`)}`;
  if (blocks.length > MOST_TITLES)
    yield paint.faint(
      `… and ${count(blocks.length - MOST_TITLES, "more group")} (--verbose lists them)`,
    );
  if (blocks.length > 0) yield "";
}

function* quietLines(blocks: readonly Block[], { paint }: RenderOptions): Iterable<string> {
  if (blocks.length === 0) return;
  const notes = blocks.flatMap((block) => block.findings).length;
  const titles = blocks.slice(0, 3).map((block) => printable(block.title));
  yield `${paint.note("note:")} ${count(notes, "fact")} worth knowing, no leaks: ${titles.join("; ")}${blocks.length > 3 ? "; …" : ""}  ${paint.faint("(--verbose lists them)")}`;
  yield "";
}

function* listLines(
  title: string,
  findings: readonly Finding[],
  { paint }: RenderOptions,
): Iterable<string> {
  if (findings.length === 0) return;
  yield paint.strong(`${title} (${findings.length})`);
  for (const { path, rule, process, use, zone } of findings)
    yield `  ${printable(path)}  ${paint.faint(`${printable(process.program)}, ${use}, ${zone}, ${printable(rule)}`)}`;
  yield "";
}
