import { appendFileSync, statSync } from "node:fs";
import type { Redaction } from "../findings/privacy/redaction.ts";
import { HostbleedError } from "../model/errors.ts";
import type { Report } from "../model/report.ts";
import { systemReason } from "../model/system-reason.ts";
import { REPORTERS, type ReporterName } from "../report/index.ts";
import { PLAIN, type RenderOptions } from "../report/reporter.ts";
import type { Settings } from "./config/settle.ts";
import type { CommandContext } from "./context.ts";
import { fail } from "./failure.ts";
import { isBrokenPipe, writeAll } from "./output.ts";
import { paintFor } from "./paint.ts";
import { writeWhole } from "./whole-file.ts";

/** GitHub drops a step's summary that is larger, whole. */
const SUMMARY_LIMIT = 1024 * 1024;

interface Run {
  readonly settings: Pick<Settings, "format" | "reports" | "failOn" | "verbose">;
  readonly context: CommandContext;
  /** Whether stdout's report has colours; files have none. */
  readonly color: boolean;
  /** How the report was redacted; null when it was not. */
  readonly redact: Redaction | null;
}

/**
 * Writes every report: files first, stdout last. One that fails does not keep the others from being written.
 * Returns the exit code of a failure, null when all went well.
 */
export async function writeReports(report: Report, run: Run): Promise<number | null> {
  const { settings, context } = run;
  let code: number | null = null;
  const attempt = async (what: string, write: () => Promise<void>) => {
    try {
      await write();
    } catch (error) {
      if (isBrokenPipe(error)) return;
      code = fail(
        new HostbleedError("report-unwritable", `${what}: ${systemReason(error)}`),
        context,
      );
    }
  };
  for (const { name, file } of settings.reports)
    await attempt(file, async () => writeWhole(file, await render(name, report, run)));
  const summary = context.env.GITHUB_STEP_SUMMARY;
  const names = [settings.format, ...settings.reports.map(({ name }) => name)];
  if (summary && names.includes("github"))
    await attempt(summary, async () =>
      appendSummary(summary, await render("markdown", report, run)),
    );
  await attempt("stdout", async () => {
    const paint = await paintFor(run.color);
    await writeAll(context.stdout, await render(settings.format, report, run, { paint }));
  });
  return code ?? null;
}

async function render(
  name: ReporterName,
  report: Report,
  { settings: { verbose, failOn }, context: { cwd, env }, redact }: Run,
  more: Partial<RenderOptions> = {},
): Promise<Iterable<string>> {
  const reporter = await REPORTERS[name].load();
  const workspace = env.GITHUB_WORKSPACE || env.CI_PROJECT_DIR || env.WORKSPACE || cwd;
  // Files are named from the root, so both must be called alike.
  const root = redact === null ? workspace : redact(workspace);
  return reporter(report, { ...PLAIN, verbose, failOn, root, ...more });
}

function appendSummary(file: string, pieces: Iterable<string>): void {
  const text = [...pieces].join("");
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const fits = size + Buffer.byteLength(text) <= SUMMARY_LIMIT;
  appendFileSync(file, fits ? text : "\nhostbleed: no room for its summary, see the report.\n");
}
