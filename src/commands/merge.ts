import { resolve } from "node:path";
import { Command, Option } from "clipanion";
import { mergeReports } from "../findings/merge.ts";
import { redactedAlone } from "../findings/privacy/redaction.ts";
import { HostbleedError } from "../model/errors.ts";
import type { Report } from "../model/report.ts";
import { BaseCommand } from "./base.ts";
import { flagLayer, parseReportFile, requireReporter } from "./config/flags.ts";
import { exitCodeOf } from "./exit-code.ts";
import { wantsColor } from "./paint.ts";
import { readReports } from "./report-file.ts";
import { writeReports } from "./write-reports.ts";

/** `hostbleed merge`. */
export class MergeCommand extends BaseCommand {
  static override paths = [["merge"]];
  static override readonly synopsis = "[options] REPORT.json...";
  static override usage = Command.Usage({
    description: "makes many JSON reports one",
    details: `
      The result does not depend on the order or the brackets: merging is associative and commutative, so that a farm's
      reports can be reduced in any tree. A finding that several runs met is one finding, its count the sum. A baseline
      entry is stale only if no run needed it. A REPORT of - is stdin.

      stdout gets JSON unless --format says otherwise, and the exit code is 0 unless --fail-on is given.
    `,
    examples: [
      ["One report of many machines", "$0 merge reports/*.json > all.json"],
      ["Gate on all of them", "$0 merge --format text --fail-on error reports/*.json"],
    ],
  });

  format = Option.String("--format", { description: "what stdout gets; json when not given" });
  report = Option.Array("--report", {
    description: "write a report to a file as well, as sarif=hostbleed.sarif; repeatable",
  });
  failOn = Option.String("--fail-on", {
    description:
      "mildest finding that fails the run: error, warning, note or never; never when not given",
  });
  strict = Option.Boolean("--strict", {
    description: "also fail when a trace could not decide something",
  });
  redact = Option.Boolean("--redact", {
    description: "rename homes, users and the projects' folders: $HOME, $USER, $SYSROOT, $BUILD",
  });
  color = Option.String("--color", { description: "auto, always or never; auto when not given" });
  verbose = Option.Boolean("-v,--verbose", { description: "unfold long lists" });

  reports = Option.Rest({ name: "REPORT" });

  override async run(): Promise<number> {
    const { format, report, color } = this;
    const flags = flagLayer({ format, report, "fail-on": this.failOn, color });
    const failOn = flags["fail-on"] ?? "never";
    const settings = {
      format: requireReporter(flags.format ?? "json"),
      reports: (flags.report ?? [])
        .map((text) => parseReportFile(text))
        .map(({ name, file }) => ({ name, file: resolve(this.context.cwd, file) })),
      failOn,
      verbose: this.verbose ?? false,
    };
    const [first, ...others] = await readReports(this.reports, this.context);
    if (first === undefined)
      throw new HostbleedError("usage", "no report given", "hostbleed merge a.json b.json");
    // Each on its own, so that what one report calls $BUILD is what all of them do.
    const own = this.redact ? redactedAlone : (report: Report) => report;
    const merged = others.map(own).reduce(mergeReports, own(first));
    const written = await writeReports(merged, {
      settings,
      context: this.context,
      redact: null,
      color: wantsColor(flags.color ?? "auto", this.context.stdout, this.context.env),
    });
    const strict = this.strict ?? false;
    return written ?? exitCodeOf(merged, { failOn, strict, interrupted: false });
  }
}
