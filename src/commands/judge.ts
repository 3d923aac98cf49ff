import type { Writable } from "node:stream";
import { applyOverrides } from "../findings/overrides.ts";
import { redactedReport, redactionFor } from "../findings/privacy/redaction.ts";
import type { InspectOptions } from "../inspect-options.ts";
import { HostbleedError } from "../model/errors.ts";
import type { Report } from "../model/report.ts";
import { printable } from "../report/printable.ts";
import { applyKnown, type BaselineWishes } from "./apply-known.ts";
import { type SettingSources, type Settings, settle } from "./config/settle.ts";
import { type CommandContext, isTerminal } from "./context.ts";
import { exitCodeOf } from "./exit-code.ts";
import { fail } from "./failure.ts";
import { wantsColor } from "./paint.ts";
import { Progress, showsProgress } from "./progress.ts";
import { spareTraces } from "./spare-traces.ts";
import { strayOverrides } from "./stray-overrides.ts";
import { writeReports } from "./write-reports.ts";

/** What `check` and `run` ask for. */
export interface JudgeRequest extends BaselineWishes {
  readonly traces: readonly string[];
  /** What to judge while it happens, instead of traces. */
  readonly live?: LiveBuild;
  readonly flags: SettingSources["flags"];
  readonly config: string | undefined;
}

/** A build that is judged as it runs. */
export interface LiveBuild {
  inspect(settings: Settings, options: InspectOptions): Promise<Report>;
  /** Where the report goes that stdout would get. */
  stdout(settings: Settings): Writable;
  /** A signal is the way to end it, and leaves nothing out: a process that was attached to. */
  readonly endsBySignal: boolean;
}

/** Settings, traces, baseline, reports: one run from options to exit code. */
export async function judge(request: JudgeRequest, given: CommandContext): Promise<number> {
  const { flags, config, traces, live } = request;
  const settings = await settle({ flags, config, env: given.env, cwd: given.cwd });
  const context = live === undefined ? given : { ...given, stdout: live.stdout(settings) };
  const warn = (text: string) => {
    if (!settings.quiet) context.stderr.write(`hostbleed: warning: ${printable(text)}\n`);
  };
  for (const text of [...settings.warnings, ...(await strayOverrides(settings))]) warn(text);
  if (live === undefined && traces.length === 0 && isTerminal(context.stdin))
    throw new HostbleedError(
      "usage",
      "no trace given, and stdin is a terminal",
      "hostbleed check build.strace, or strace … | hostbleed check",
    );
  spareTraces(traces, settings.reports, given.cwd);
  const known = await applyKnown(request, settings, context);
  const { report: raw, interrupted } = await inspectTraces(request, settings, context);
  const redact = settings.redact ? redactionFor(raw) : null;
  // Before the baseline, which names paths as well; what it says of stale entries is of another day.
  const own = redact === null ? raw : redactedReport(raw, redact);
  const judged = known(applyOverrides(own, settings.overrides), { warn });
  const report = redact === null ? judged : { ...judged, stale: judged.stale.map(redact) };
  const written = await writeReports(shown(report, settings), {
    settings,
    context,
    redact,
    color: wantsColor(settings.color, context.stdout, context.env),
  });
  const damaged = report.traces.find(({ damage }) => damage !== undefined);
  if (damaged !== undefined && !interrupted) {
    const words = printable(`${damaged.source}: ${damaged.damage}`);
    fail(new HostbleedError("input-damaged", words), context);
  }
  const verdict = exitCodeOf(report, { ...settings, interrupted });
  return written ?? verdict;
}

/** Judges until the traces end, or a signal ends them. */
async function inspectTraces(
  { traces, live }: JudgeRequest,
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
  // A line that is written over does not go with what the build writes.
  const shows = live === undefined && showsProgress(settings, context);
  const progress = shows ? new Progress(context.stderr) : null;
  try {
    const options: InspectOptions = {
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
    };
    const report = await (live?.inspect(settings, options) ?? context.inspect(traces, options));
    return { report, interrupted: interruption.signal.aborted && live?.endsBySignal !== true };
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
