import { Command, Option } from "clipanion";
import { type Compared, type Difference, differenceOf } from "../findings/difference.ts";
import { homeless } from "../findings/privacy/homes.ts";
import { redactedAlone } from "../findings/privacy/redaction.ts";
import { cannotRead } from "../input/input-error.ts";
import { traceStream } from "../input/trace-file.ts";
import { EXIT, HostbleedError } from "../model/errors.ts";
import type { Report } from "../model/report.ts";
import { SEVERITIES } from "../model/rule.ts";
import { jsonText, printable } from "../report/printable.ts";
import { sentence } from "../report/sentence.ts";
import { count } from "../report/words.ts";
import { BaseCommand } from "./base.ts";
import { flagLayer } from "./config/flags.ts";
import { readReport } from "./report-file.ts";
import { lookAtInput } from "./report-or-trace.ts";
import { suggestion } from "./suggestion.ts";

const FORMATS = ["text", "json"];

/** `hostbleed diff`. */
export class DiffCommand extends BaseCommand {
  static override paths = [["diff"]];
  static override readonly synopsis = "[options] A B";
  static override usage = Command.Usage({
    description: "tells what two builds read differently: two traces, or two JSON reports",
    details: `
      For the build that only fails on one machine. Traces are compared with what was judged innocent as well, reports
      only when both were made with --show allowed. Files are told apart by rule, path, program and side, so
      the day, the folder and the pids of a build make no difference. An A or B of - is stdin; pipes and
      FIFOs do as well.

      The exit code is 0 unless --fail-on is given: then it is 1 when B has what A has not, and 3 when it has not, but B
      could not be read to its end.
    `,
    examples: [
      ["What does the other machine read?", "$0 diff mine.strace theirs.strace"],
      ["No new leaks on this branch", "$0 diff --fail-on error main.json branch.json"],
    ],
  });

  format = Option.String("--format", { description: "text or json; text when not given" });
  failOn = Option.String("--fail-on", {
    description:
      "fail when B has a new finding this grave: error, warning or note; never when not given",
  });
  redact = Option.Boolean("--redact", {
    description: "rename homes, users and the projects' folders: $HOME, $USER, $SYSROOT, $BUILD",
  });
  a = Option.String({ name: "A" });
  b = Option.String({ name: "B" });

  override async run(): Promise<number> {
    const format = this.format ?? "text";
    if (!FORMATS.includes(format))
      throw new HostbleedError(
        "usage",
        `--format ${format}: expected one of ${FORMATS.join(", ")}${suggestion(format, FORMATS)}`,
      );
    if (this.a === "-" && this.b === "-")
      throw new HostbleedError("usage", "A and B are both -, and stdin can be read only once");
    const { "fail-on": failOn = "never" } = flagLayer({ "fail-on": this.failOn });
    const own = this.redact === true ? redactedAlone : (report: Report) => report;
    const before = own(await this.#reportOf(this.a));
    const after = own(await this.#reportOf(this.b));
    const difference = differenceOf(before, after);
    const [a, b] = this.redact === true ? [homeless(this.a), homeless(this.b)] : [this.a, this.b];
    for (const [name, { incomplete }] of [[a, before] as const, [b, after] as const])
      if (incomplete)
        this.context.stderr.write(
          `hostbleed: warning: ${printable(name)} was not read to its end: what it seems to lack may stand in the rest\n`,
        );
    await this.print(
      format === "json" ? [`${jsonText({ a, b, ...difference }, 2)}\n`] : lines(a, b, difference),
    );
    const failing = failOn === "never" ? [] : SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1);
    const news = [...difference.onlyB, ...difference.changed.map((pair) => pair.b)];
    const fails = news.some(({ severity, allowed }) => !allowed && failing.includes(severity));
    if (fails) return EXIT.leaks;
    // As for check: what was not read proves nothing.
    const unread = after.traces.some(({ damage }) => damage !== undefined);
    return unread && failOn !== "never" ? EXIT.input : EXIT.clean;
  }

  async #reportOf(file: string): Promise<Report> {
    const { isReport, stream } = await lookAtInput(file, this.context).catch((error) => {
      throw cannotRead(file, error);
    });
    if (isReport) return readReport(file, this.context, stream);
    if (stream === null) return this.context.inspect([file], { show: "allowed" });
    const { inspectSources } = await import("../inspect.ts");
    return inspectSources([traceStream(file, stream)], { show: "allowed" });
  }
}

function* lines(a: string, b: string, difference: Difference): Iterable<string> {
  const { onlyA, onlyB, changed, same } = difference;
  yield* section(`Only in ${printable(a)}`, "-", onlyA);
  yield* section(`Only in ${printable(b)}`, "+", onlyB);
  if (changed.length > 0) yield `Judged differently (${changed.length})\n`;
  for (const pair of changed)
    yield `! ${told(pair.b)}: ${levelOf(pair.a)} ${printable(pair.a.rule)}, now ${levelOf(pair.b)} ${printable(pair.b.rule)}\n`;
  if (changed.length > 0) yield "\n";
  yield `${count(onlyA.length, "file")} only in A, ${onlyB.length} only in B, ${changed.length} judged differently, ${same} alike\n`;
}

function* section(title: string, sign: string, findings: readonly Compared[]): Iterable<string> {
  if (findings.length === 0) return;
  yield `${title} (${findings.length})\n`;
  for (const finding of findings) {
    const [first] = finding.evidence;
    const place = first === undefined ? "" : `  ${printable(first.trace)}:${first.line}`;
    yield `${sign} ${levelOf(finding)}  ${told(finding)}  ${printable(finding.rule)}${place}\n`;
  }
  yield "\n";
}

function levelOf({ allowed, severity }: Compared): string {
  return allowed ? "allowed" : severity;
}

/** Nothing else was expected of what is allowed. */
function told(finding: Compared): string {
  return sentence(finding.allowed ? { ...finding, expected: null } : finding);
}
