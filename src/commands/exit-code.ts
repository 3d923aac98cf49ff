import { EXIT } from "../model/errors.ts";
import type { Report } from "../model/report.ts";
import { SEVERITIES, type Severity } from "../model/rule.ts";

/**
 * How a judged run ends. What was interrupted, or could not be read to its end, proves nothing, so it is no success,
 * though it may be a failure. A log whose last line is cut is as whole as it ever was: strace was killed.
 */
export function exitCodeOf(
  report: Report,
  {
    failOn,
    strict,
    interrupted,
  }: {
    readonly failOn: Severity | "never";
    readonly strict: boolean;
    readonly interrupted: boolean;
  },
): number {
  if (failOn !== "never") {
    const failing = SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1);
    if (failing.some((severity) => report.summary[severity] > 0)) return EXIT.leaks;
  }
  const doubtful =
    report.undecided.length > 0 || report.incomplete || report.verdict === "undecided";
  const damaged = report.traces.some(({ damage }) => damage !== undefined);
  if (interrupted || (damaged && failOn !== "never") || (strict && doubtful)) return EXIT.input;
  return EXIT.clean;
}
