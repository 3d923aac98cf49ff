import { type Block, inLogOrder } from "../blocks.ts";
import { commandLine, printable } from "../printable.ts";
import { type ProcessNode, processTree } from "../process-tree.ts";
import type { RenderOptions } from "../reporter.ts";
import { count, thousands } from "../words.ts";
import { foundLines } from "./found.ts";
import { type Mark, marksOf, takeMarks, undrawn } from "./marks.ts";

/** Branches of one block that are drawn; the rest is counted. */
const MOST_CULPRITS = 4;
/** Columns that a command line may take; its paths stay whole. */
const COMMAND_COLUMNS = 100;

/** A block as a tree: who started whom, where the cause was, what each culprit opened. */
export function* chainLines(block: Block, options: RenderOptions): Iterable<string> {
  const marks = marksOf(block.cause);
  const roots = processTree(inLogOrder(block.findings), (program) =>
    marks.some((mark) => mark.at === program),
  );
  const drawing: Drawing = { marks, options, culprits: 0, hidden: 0 };
  for (const root of roots) yield* nodeLines(root, "", "", drawing);
  if (drawing.hidden > 0)
    yield options.paint.faint(
      `… and ${thousands(drawing.hidden)} more in other processes (--verbose lists them)`,
    );
  for (const text of undrawn(marks, block.title)) yield options.paint.warning(text);
}

interface Drawing {
  readonly marks: readonly Mark[];
  readonly options: RenderOptions;
  culprits: number;
  hidden: number;
}

function* nodeLines(
  node: ProcessNode,
  here: string,
  below: string,
  drawing: Drawing,
): Iterable<string> {
  const { options } = drawing;
  if (node.findings.length > 0) drawing.culprits++;
  if (!options.verbose && drawing.culprits > MOST_CULPRITS) {
    drawing.hidden += findingsIn(node);
    return;
  }
  const notes = takeMarks(node, drawing.marks).map((text) => `  ${options.paint.warning(text)}`);
  yield options.paint.faint(here) + label(node, options) + notes.join("");
  const more = node.children.length > 0;
  for (const line of foundLines(node.findings, options))
    yield options.paint.faint(below + (more ? "│ " : "  ")) + line;
  for (const [at, child] of node.children.entries()) {
    const last = at === node.children.length - 1;
    yield* nodeLines(
      child,
      `${below}${last ? "└─ " : "├─ "}`,
      below + (last ? "   " : "│  "),
      drawing,
    );
  }
}

function label(node: ProcessNode, { paint, verbose }: RenderOptions): string {
  const names = node.programs.map((name) => (name === "?" ? UNKNOWN : printable(name)));
  if (node.findings.length === 0) return names.join(" › ");
  const [, ...args] = node.argv;
  const called = names.at(-1) ?? UNKNOWN;
  const words = [called === UNKNOWN ? called : commandLine([called]), ...args.map(wordOf)];
  let shown = 1;
  let columns = words[0]?.length ?? 0;
  while (shown < words.length && (verbose || columns < COMMAND_COLUMNS))
    columns += 1 + (words[shown++]?.length ?? 0);
  const hidden = words.length - shown;
  const [first = "", ...rest] = words.slice(0, shown);
  const ellipsis = hidden > 0 ? paint.faint(` … ${count(hidden, "more argument")}`) : "";
  return [paint.strong(first), ...rest].join(" ") + ellipsis;
}

const UNKNOWN = "unknown program";

function wordOf(argument: string): string {
  return commandLine([argument]);
}

function findingsIn(node: ProcessNode): number {
  return node.children.reduce((sum, child) => sum + findingsIn(child), node.findings.length);
}
