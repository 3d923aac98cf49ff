import type { Finding, Report } from "../model/report.ts";
import { adviceOf } from "./advice.ts";
import { type Block, blocksOf, kindsOf, type Step } from "./blocks.ts";
import { code, codeBlock, plain } from "./markdown/inline.ts";
import { programName } from "./process-tree.ts";
import type { Reporter } from "./reporter.ts";
import { count, knownFindings, list } from "./words.ts";

/** A job summary may have 1 MiB; GitHub drops a larger one whole. Some room is left for what others wrote. */
const MOST_BYTES = 1_000_000;
/** Rows of one block that are written. */
const MOST_ROWS = 50;
/** Length of one list of files that are no leaks. */
const MOST_LISTED_BYTES = 50_000;

/** For job summaries and merge requests: verdict, then each cause with its files and its fix. */
export const markdown: Reporter = function* markdown(report) {
  const end = [...closing(report)].join("");
  let bytes = Buffer.byteLength(end);
  const blocks = blocksOf(report);
  const head = opening(report);
  bytes += Buffer.byteLength(head);
  yield head;
  for (const [at, block] of blocks.entries()) {
    const text = blockText(block);
    bytes += Buffer.byteLength(text);
    if (bytes > MOST_BYTES) {
      yield `\n*${count(blocks.length - at, "more group")} left out for length: see the JSON report.*\n`;
      break;
    }
    yield text;
  }
  yield end;
};

function opening(report: Report): string {
  const { verdict, summary, build } = report;
  const found = (["error", "warning", "note"] as const)
    .filter((severity) => summary[severity] > 0)
    .map((severity) => count(summary[severity], severity));
  const target = build.target === null ? "" : ` for ${code(build.target)}`;
  const known = summary.suppressed > 0 ? `, ${knownFindings(report)}` : "";
  const nothing = {
    leaks: "Leaks",
    clean: `No ${known && "new "}file of the build host was used`,
    undecided: "The trace does not hold enough to tell whether a file of the build host was used",
  };
  return `## hostbleed: ${verdict}\n\n${found.length > 0 ? list(found) : nothing[verdict]}${target}${known}.\n`;
}

function blockText(block: Block): string {
  const rows = block.findings.slice(0, MOST_ROWS).map(row).join("");
  const rest = block.findings.slice(MOST_ROWS);
  const more = rest.length > 0 ? `\n… and ${kindsOf(rest)} more.\n` : "";
  const table = `| File of the build host | Expected | Who | Where |\n| --- | --- | --- | --- |\n${rows}${more}`;
  const folded = block.findings.length > 5;
  const files = folded
    ? `<details><summary>${kindsOf(block.findings)}</summary>\n\n${table}\n</details>\n`
    : table;
  const fix = block.steps.length > 0 ? `\n**Fix**\n\n${stepsText(block.steps)}` : "";
  return `\n### ${SIGN[block.severity]} ${plain(block.title)}\n\n${files}${fix}`;
}

/** Words as paragraphs, settings as code. Whose syntax that is depends on the build system. */
function stepsText(steps: readonly Step[]): string {
  const parts: string[] = [];
  let settings: string[] = [];
  const end = () => {
    if (settings.length > 0) parts.push(codeBlock(settings));
    settings = [];
  };
  for (const { text, isSetting } of steps) {
    if (isSetting) settings.push(text);
    else {
      end();
      parts.push(`${plain(text)}\n`);
    }
  }
  end();
  return parts.join("\n");
}

const SIGN = { error: "🔴 error:", warning: "🟡 warning:", note: "🔵 note:" } as const;

function row({ path, expected, process, evidence: [first] }: Finding): string {
  const instead =
    expected === null
      ? ""
      : `${code(expected.path)}${expected.known && !expected.exists ? " (missing)" : ""}`;
  const who = code(process.chain.slice(-3).join(" › ") || programName(process.program));
  const where = first === undefined ? "" : code(`${first.trace}:${first.line}`);
  return `| ${code(path)} | ${instead} | ${who} | ${where} |\n`;
}

/** What `--show` asked for, as far as it leaves room for the leaks. */
function* listed(title: string, findings: NonNullable<Report["allowed"]>): Iterable<string> {
  if (findings.length === 0) return;
  yield `\n<details><summary>${title} (${findings.length})</summary>\n\n`;
  let bytes = 0;
  for (const [at, { path, process, use, zone, rule }] of findings.entries()) {
    const line = `- ${code(path)} ${code(`${process.program}, ${use}, ${zone}, ${rule}`)}\n`;
    bytes += Buffer.byteLength(line);
    if (bytes > MOST_LISTED_BYTES) {
      yield `- and ${findings.length - at} more: see the JSON report\n`;
      break;
    }
    yield line;
  }
  yield "\n</details>\n";
}

function* closing(report: Report): Iterable<string> {
  yield* listed("Allowed", report.allowed ?? []);
  yield* listed("Suppressed", report.suppressed ?? []);
  if (report.undecided.length > 0) {
    yield "\n### Not decided\n\n";
    for (const { text } of report.undecided) yield `- ${plain(text)}\n`;
    const advice = adviceOf(report);
    if (advice.length > 0)
      yield `\nA trace made like this would decide it:\n\n${codeBlock(advice, "sh")}`;
  }
  if (report.stale.length > 0)
    yield `\n${count(report.stale.length, "baseline entry", "baseline entries")} matched nothing: ${report.stale.slice(0, 20).map(code).join(", ")}.\n`;
  if (!report.incomplete) return;
  yield "\n**Incomplete:** the input ended early.\n";
  for (const { source, damage } of report.traces)
    if (damage !== undefined) yield `\n${code(source)}: ${plain(damage)}\n`;
}
