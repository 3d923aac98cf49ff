import type { Finding } from "../../model/report.ts";
import { type Block, inLogOrder, kindsOf } from "../blocks.ts";
import { commandLine } from "../printable.ts";
import { type ProcessNode, processTree } from "../process-tree.ts";
import { remarksOf } from "../remarks.ts";
import { type Mark, marksOf, takeMarks, undrawn } from "../text/marks.ts";
import { count } from "../words.ts";
import { xmlText } from "../xml.ts";

/** Files of one process that are shown at once; the others are folded. */
const MOST_FILES = 5;
/** Files of one process that are written at all: a browser has to lay them out. */
const MOST_WRITTEN = 500;

/** Who started whom, where the cause lies, and what each opened: nested lists. */
export function* processList(block: Block): Iterable<string> {
  const marks = marksOf(block.cause);
  const roots = processTree(inLogOrder(block.findings), (program) =>
    marks.some((mark) => mark.at === program),
  );
  yield "<ul>\n";
  for (const root of roots) yield* item(root, marks);
  yield "</ul>\n";
  for (const text of undrawn(marks, block.title)) yield `<p class="mark">${xmlText(text)}</p>\n`;
}

function* item(node: ProcessNode, marks: readonly Mark[]): Iterable<string> {
  const names = node.programs.map((name) => (name === "?" ? "unknown program" : name)).join(" › ");
  const command =
    node.argv.length > 1
      ? `<br/>\n<code class="faint">${xmlText(commandLine(node.argv))}</code>`
      : "";
  const own = takeMarks(node, marks).map((text) => ` <span class="mark">${xmlText(text)}</span>`);
  yield `<li><b>${xmlText(names)}</b>${own.join("")}${command}\n`;
  if (node.findings.length + node.children.length > 0) {
    yield "<ul>\n";
    yield* files(node.findings);
    for (const child of node.children) yield* item(child, marks);
    yield "</ul>\n";
  }
  yield "</li>\n";
}

function* files(findings: readonly Finding[]): Iterable<string> {
  for (const finding of findings.slice(0, MOST_FILES)) yield file(finding);
  const folded = findings.slice(MOST_FILES, MOST_WRITTEN);
  if (folded.length > 0) {
    yield `<li><details><summary>${kindsOf(folded)} more</summary>\n<ul>\n`;
    for (const finding of folded) yield file(finding);
    yield "</ul></details></li>\n";
  }
  const rest = findings.length - MOST_WRITTEN;
  if (rest > 0) yield `<li>and ${count(rest, "file")} more: see the JSON report</li>\n`;
}

function file(finding: Finding): string {
  const { severity, path, requested, expected, evidence, rule } = finding;
  const [first] = evidence;
  const where = first === undefined ? [] : [`${first.trace}:${first.line}`];
  const notes = [...where, rule, ...remarksOf(finding)].map(xmlText).join(" · ");
  const asked = requested === undefined ? "" : `<br/>\nasked as <code>${xmlText(requested)}</code>`;
  const missing = expected?.known === true && !expected.exists ? " (missing there)" : "";
  const instead =
    expected === null
      ? ""
      : `<br/>\nexpected <code class="expected">${xmlText(expected.path)}</code>${missing}`;
  return `<li><code class="${severity}">${xmlText(path)}</code> <small class="faint">${notes}</small>${asked}${instead}</li>\n`;
}
