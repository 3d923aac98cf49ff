import type { Severity } from "../model/rule.ts";

/** Colours by meaning. `text` knows no terminal: the command hands it one of these. */
export type Paint = Readonly<
  Record<Severity | "good" | "strong" | "faint", (text: string) => string>
>;

const same = (text: string): string => text;

/** Paint that adds nothing. */
export const plainPaint: Paint = {
  error: same,
  warning: same,
  note: same,
  good: same,
  strong: same,
  faint: same,
};
