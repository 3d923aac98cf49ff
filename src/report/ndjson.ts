import { jsonText } from "./printable.ts";
import type { Reporter } from "./reporter.ts";

/**
 * One JSON object a line, each with its `type`: `report` (all but the lists), then `trace`, `group`,
 * `finding`, `rule`, `undecided`, `stale`, `allowed`, `suppressed`, then `summary`.
 */
export const ndjson: Reporter = function* ndjson(report) {
  const { schema, tool, verdict, build, incomplete, redacted } = report;
  yield line("report", { schema, tool, verdict, build, incomplete, redacted });
  for (const trace of report.traces) yield line("trace", trace);
  for (const group of report.groups) yield line("group", group);
  for (const finding of report.findings) yield line("finding", finding);
  for (const rule of report.rules) yield line("rule", rule);
  for (const undecided of report.undecided) yield line("undecided", undecided);
  for (const entry of report.stale) yield line("stale", { entry });
  for (const finding of report.allowed ?? []) yield line("allowed", finding);
  for (const finding of report.suppressed ?? []) yield line("suppressed", finding);
  yield line("summary", { verdict, ...report.summary });
};

function line(type: string, fields: object): string {
  return `${jsonText({ type, ...fields })}\n`;
}
