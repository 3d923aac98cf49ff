import type { Report, TraceDescription } from "../../model/report.ts";
import { adviceOf } from "../advice.ts";
import { printable } from "../printable.ts";
import type { RenderOptions } from "../reporter.ts";
import { count, knownFindings, list } from "../words.ts";

/** What was judged, for whom, and the verdict in the last line. */
export function* summaryLines(report: Report, { paint, verbose }: RenderOptions): Iterable<string> {
  for (const [label, values, field] of settings(report)) {
    if (values.length === 0) continue;
    yield* folderLines(label, values, { field, build: report.build, paint, verbose });
  }
  for (const trace of report.traces) {
    const doubts = [
      trace.truncated ? cutShort(trace) : "",
      trace.running === undefined
        ? ""
        : `${count(trace.running, "process", "processes")} still running at its end`,
      trace.tornLines > 0 ? count(trace.tornLines, "torn line") : "",
      trace.unparsedLines > 0 ? `${count(trace.unparsedLines, "line")} not strace's` : "",
      trace.unknownPaths > 0 ? count(trace.unknownPaths, "unknown path") : "",
    ].filter((doubt) => doubt !== "");
    yield `${"trace".padEnd(LABEL)}${printable(trace.source)}: ${count(trace.lines, "line")}, ${count(trace.opens, "open")}, ${count(trace.tracees, "process", "processes")}${paint.faint(doubts.map((doubt) => `, ${doubt}`).join(""))}`;
  }
  yield "";
  yield verdictLine(report, paint);
}

/** What was given comes first, so that what the log added to it can be told from it. */
function* folderLines(
  label: string,
  values: readonly string[],
  {
    field,
    build: { inferred, added = [] },
    paint,
    verbose,
  }: {
    readonly field: string;
    readonly build: Report["build"];
    readonly paint: RenderOptions["paint"];
    readonly verbose: boolean;
  },
): Iterable<string> {
  const own = values.filter((value) => added.includes(value));
  const [first = "", ...others] = [...values.filter((value) => !own.includes(value)), ...own];
  const mark = paint.faint(" (inferred)");
  const marked = inferred.includes(field) && own.length === 0 ? mark : "";
  if (verbose || others.length === 0) {
    yield `${label.padEnd(LABEL)}${printable(first)}${marked}`;
    for (const value of others)
      yield `${" ".repeat(LABEL)}${printable(value)}${own.includes(value) ? mark : ""}`;
    return;
  }
  const told =
    own.length === 0 ? "" : own.length < others.length ? `, ${own.length} inferred` : " (inferred)";
  yield `${label.padEnd(LABEL)}${printable(first)}${marked}${paint.faint(` and ${others.length} more${told}`)}`;
}

function cutShort({ damage }: TraceDescription): string {
  return damage === undefined ? "cut short" : `cut short (${printable(damage)})`;
}

/** `leaks: 3 errors and 1 warning in 2 groups`. */
function verdictLine(report: Report, paint: RenderOptions["paint"]): string {
  const { summary } = report;
  const found = list(
    (["error", "warning", "note"] as const)
      .filter((severity) => summary[severity] > 0)
      .map((severity) => count(summary[severity], severity)),
  );
  const groups = summary.groups > 0 ? ` in ${count(summary.groups, "group")}` : "";
  const known = summary.suppressed > 0 ? `; ${knownFindings(report)}` : "";
  const early = report.incomplete ? `; ${paint.warning("incomplete: the input ended early")}` : "";
  const words = {
    leaks: paint.error("leaks"),
    clean: paint.good("clean"),
    undecided: paint.warning("undecided"),
  };
  const nothing = {
    leaks: "",
    clean: `no ${known && "new "}file of the build host was used for the target`,
    undecided: "the trace does not hold enough to tell",
  };
  // The verdict is of leaks; who reads "clean: 3 warnings" asks which of the two holds.
  const verdict =
    report.verdict === "clean" && summary.warning > 0
      ? paint.warning("no errors")
      : words[report.verdict];
  return `${paint.strong(verdict)}: ${found || nothing[report.verdict]}${groups}${known}${early}`;
}

/** What could not be decided, what would decide it, and the baseline entries that nothing needs. */
export function* doubtLines(report: Report, { paint }: RenderOptions): Iterable<string> {
  const programless =
    report.findings.length > 0 && report.traces.some(({ lacks }) => lacks.includes("execve"));
  if (report.undecided.length > 0 || programless) {
    yield paint.strong("Not decided");
    for (const { text } of report.undecided) yield `  ${printable(text)}`;
    if (programless)
      yield "  The log shows no execve: which command opened these files, and which setting it lacked, is not in it.";
    const advice = adviceOf(report);
    if (advice.length > 0) yield "  A trace made like this would decide it:";
    for (const command of advice) yield `    ${printable(command)}`;
    yield "";
  }
  if (report.stale.length > 0) {
    yield `${paint.strong("Stale")}: ${count(report.stale.length, "baseline entry", "baseline entries")} matched nothing (--prune-baseline drops them)`;
    for (const entry of report.stale) yield `  ${printable(entry)}`;
    yield "";
  }
}

const LABEL = 11;

function settings({ build }: Report): readonly (readonly [string, readonly string[], string])[] {
  return [
    ["target", build.target === null ? [] : [build.target], "target"],
    ["host", build.host === null ? [] : [build.host], "host"],
    ["sysroot", build.sysroots, "sysroots"],
    ["native", build.nativeSysroots, "nativeSysroots"],
    ["toolchain", build.toolchains, "toolchains"],
    ["build", build.buildDirs, "buildDirs"],
  ];
}
