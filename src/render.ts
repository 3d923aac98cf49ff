import { HostbleedError } from "./model/errors.ts";
import type { Report } from "./model/report.ts";
import { REPORTER_NAMES, REPORTERS, type ReporterName } from "./report/index.ts";

/** The names of all reporters. */
export const reporterNames: readonly ReporterName[] = REPORTER_NAMES;

/**
 * A report in one of the formats, in pieces: plain, folded, without colour.
 * @throws HostbleedError `usage` for a name that is no reporter
 */
export async function render(report: Report, name: ReporterName): Promise<Iterable<string>> {
  if (!Object.hasOwn(REPORTERS, name)) {
    throw new HostbleedError(
      "usage",
      `unknown format ${name}`,
      `one of ${REPORTER_NAMES.join(", ")}`,
    );
  }
  const reporter = await REPORTERS[name].load();
  return reporter(report);
}
