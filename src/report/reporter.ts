import type { Report } from "../model/report.ts";
import type { Severity } from "../model/rule.ts";
import { type Paint, plainPaint } from "./paint.ts";

/** What a reporter may know beside the report. */
export interface RenderOptions {
  readonly paint: Paint;
  /** Unfold long lists. */
  readonly verbose: boolean;
  /** What fails the run: JUnit's failures are these. */
  readonly failOn: Severity | "never";
  /** Absolute folder that files of the repository are named from; null when unknown. */
  readonly root: string | null;
}

/** Turns a report into text, in pieces. Pure: the same report gives the same bytes. */
export type Reporter = (report: Report, options?: RenderOptions) => Iterable<string>;

/** Options for those who have none: no colour, folded, errors fail. */
export const PLAIN: RenderOptions = {
  paint: plainPaint,
  verbose: false,
  failOn: "error",
  root: null,
};
