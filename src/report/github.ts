import type { Severity } from "../model/rule.ts";
import { type Block, blocksOf, kindsOf } from "./blocks.ts";
import { locationOf } from "./location.ts";
import { printable } from "./printable.ts";
import { PLAIN, type Reporter } from "./reporter.ts";
import { sentence } from "./sentence.ts";
import { count } from "./words.ts";

/** Annotations of one kind that GitHub keeps for a step; the rest of them vanish unseen. */
const MOST_OF_A_KIND = 10;
/** Files that one annotation names. */
const MOST_FILES = 5;

/** Workflow commands: one annotation for each cause, at most ten of a kind, pinned to the log's line. */
export const github: Reporter = function* github(report, { root } = PLAIN) {
  const blocks = blocksOf(report);
  const doubts = report.undecided.map(({ text }) => printable(text)).join("\n");
  for (const [severity, kind] of KINDS) {
    const own = blocks.filter((block) => block.severity === severity);
    const most = kind === "notice" && doubts !== "" ? MOST_OF_A_KIND - 1 : MOST_OF_A_KIND;
    // The last annotation of a full kind says how many there was no room for.
    const room = own.length > most ? most - 1 : own.length;
    for (const block of own.slice(0, room)) yield annotation(kind, block, root);
    if (own.length > room)
      yield remark(
        kind,
        "more",
        `${count(own.length - room, "more group")} of severity ${severity}: see the job summary or the JSON report`,
      );
  }
  if (doubts !== "") yield remark("notice", "not decided", doubts);
};

/** An annotation of the run as a whole. */
function remark(kind: string, title: string, text: string): string {
  return `::${kind} title=${escapeProperty(`hostbleed: ${title}`)}::${escapeText(text)}\n`;
}

const KINDS: readonly (readonly [Severity, string])[] = [
  ["error", "error"],
  ["warning", "warning"],
  ["note", "notice"],
];

function annotation(kind: string, block: Block, root: string | null): string {
  const [first] = block.findings;
  if (first === undefined) return "";
  const { file, line } = locationOf(first, root);
  const shown = block.findings.slice(0, MOST_FILES).map(sentence);
  const rest = block.findings.slice(MOST_FILES);
  const text = [
    ...shown,
    ...(rest.length > 0 ? [`… and ${kindsOf(rest)} more`] : []),
    ...(block.fix.length > 0 ? ["Fix:", ...block.fix.map(printable)] : []),
  ].join("\n");
  const properties = { file, line: String(line), title: block.title };
  const written = Object.entries(properties).map(
    ([name, value]) => `${name}=${escapeProperty(value)}`,
  );
  return `::${kind} ${written.join(",")}::${escapeText(text)}\n`;
}

/** Text after the `::`: the runner undoes these and no others. */
function escapeText(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(value: string): string {
  return escapeText(printable(value)).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
