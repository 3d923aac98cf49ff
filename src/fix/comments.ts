import { printable } from "../model/printable.ts";
import type { Finding } from "../model/report.ts";
import type { Prescription } from "./remedy.ts";

const MOST_CLOSED = 4;
const WIDTH = 110;

/** The comment above a setting: which findings it closes, each by its rule and path. */
export function closing({ closes }: Prescription, mark = "#"): readonly string[] {
  const shown = [...closes.filter(isFirst), ...closes.filter((finding) => !isFirst(finding))]
    .slice(0, MOST_CLOSED)
    .map(({ rule, path }) => `closes ${rule}: ${path}`);
  const rest = closes.length - shown.length;
  return [...shown, ...(rest > 0 ? [`… and ${rest} more`] : [])].map((line) =>
    commented(line, mark),
  );
}

/** A tool that was misled comes before all that followed from its answer. */
function isFirst({ use }: Finding): boolean {
  return use === "configure" || use === "execute";
}

/** A comment of one line, whatever the text holds: paths of a trace may have line ends in them. */
export function commented(text: string, mark = "#"): string {
  // A backslash at its end would make the next line part of a comment.
  return `${mark} ${printable(text).replace(/[\\\s]+$/, "")}`;
}

/** A text as comment lines, broken between words. */
export function wrapped(text: string, mark = "#"): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line !== "" && line.length + word.length > WIDTH) {
      lines.push(line);
      line = "";
    }
    line += (line === "" ? "" : " ") + word;
  }
  return [...lines, line].map((each) => commented(each, mark));
}
