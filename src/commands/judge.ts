import { applyOverrides } from "../findings/overrides.ts";
import { HostbleedError } from "../model/errors.ts";
import type { Report } from "../model/report.ts";
import { applyKnown, type BaselineWishes } from "./apply-known.ts";
import { type SettingSources, type Settings, settle } from "./config/settle.ts";
import { type CommandContext, isTerminal } from "./context.ts";
import { exitCodeOf } from "./exit-code.ts";
import { wantsColor } from "./paint.ts";
import { Progress, showsProgress } from "./progress.ts";
import { writeReports } from "./write-reports.ts";

/** What `check` asks for. */
export interface JudgeRequest extends BaselineWishes {
  readonly traces: readonly string[];
  readonly flags: SettingSources["flags"];
  readonly config: string | undefined;
}

/** Settings, traces, baseline, reports: one run from options to exit code. */
export async function judge(request: JudgeRequest, context: CommandContext): Promise<number> {
  const { flags, config, traces } = request;
  const settings = await settle({ flags, config, env: context.env, cwd: context.cwd });
  const warn = (text: string) => {
    if (!settings.quiet) context.stderr.write(`hostbleed: warning: ${text}\n`);
  };
  settings.warnings.forEach(warn);
  if (traces.length === 0 && isTerminal(context.stdin))
    throw new HostbleedError(
      "usage",
      "no trace given, and stdin is a terminal",
      "hostbleed check build.strace, or strace … | hostbleed check",
    );
  const known = await applyKnown(request, settings, context);
  const { report: raw, interrupted } = await inspectTraces(traces, settings, context);
  const report = known(applyOverrides(raw, settings.overrides), { warn, interrupted });
  const written = await writeReports(shown(report, settings), {
    settings,
    context,
    color: wantsColor(settings.color, context.stdout, context.env),
  });
  const verdict = exitCodeOf(report, { ...settings, interrupted });
  return written ?? verdict;
}

/** Judges until the traces end, or a signal ends them. */
async function inspectTraces(
  traces: readonly string[],
  settings: Settings,
  context: CommandContext,
): Promise<{ readonly report: Report; readonly interrupted: boolean }> {
  const { target, host, sysroots, nativeSysroots, toolchains, buildDirs } = settings;
  const { rulePacks, defaultRules, show } = settings;
  const interruption = new AbortController();
  const release = context.onInterrupt((signal) => {
    // The second one is meant: let it end the process.
    release();
    interruption.abort(signal);
  });
  const progress = showsProgress(settings, context) ? new Progress(context.stderr) : null;
  try {
    const report = await context.inspect(traces, {
      ...(target === undefined ? {} : { target }),
      ...(host === undefined ? {} : { host }),
      sysroots: [...sysroots],
      nativeSysroots: [...nativeSysroots],
      toolchains: [...toolchains],
      buildDirs: [...buildDirs],
      rulePacks: [...rulePacks],
      defaultRules,
      ...(show === undefined ? {} : { show }),
      ...(progress === null ? {} : { onProgress: (at) => progress.update(at) }),
      signal: interruption.signal,
    });
    return { report, interrupted: interruption.signal.aborted };
  } finally {
    progress?.clear();
    release();
  }
}

/** Without the lists that nobody asked for. */
function shown(report: Report, { show }: Settings): Report {
  const { allowed, suppressed, ...rest } = report;
  if (show === "allowed" && allowed !== undefined) return { ...rest, allowed };
  if (show === "suppressed") return { ...rest, suppressed: suppressed ?? [] };
  return rest;
}
