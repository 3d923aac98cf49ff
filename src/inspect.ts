import { lacksOf } from "./context/layout/lacks.ts";
import { isWatched } from "./context/names/variables.ts";
import { Observer } from "./context/observe/observer.ts";
import { PrintedFlags } from "./findings/printed-flags.ts";
import { tornOf } from "./findings/undecided.ts";
import { collectSources } from "./input/collect.ts";
import type { InspectOptions } from "./inspect-options.ts";
import { type Judgements, judgeBuild } from "./judge-build.ts";
import { type ByteString, fromText } from "./model/byte-string.ts";
import { HostbleedError } from "./model/errors.ts";
import { PathTable } from "./model/path-table.ts";
import type { Finding, Report, TraceDescription } from "./model/report.ts";
import type { Judge } from "./model/rule.ts";
import type { TraceCounts } from "./model/trace-counts.ts";
import type { TraceSource } from "./model/trace-source.ts";
import { JUDGED_CALLS } from "./process/calls.ts";
import { ProcessModel } from "./process/model.ts";
import { readTraceSet, traceSets } from "./process/trace-set.ts";
import { builtInPacks, compile, loadRulePacks } from "./rules/index.ts";
import { parserFor } from "./strace/fast/lanes.ts";
import { version } from "./version.ts";

/** Judging what is known so far costs some milliseconds; a person wants it about once a second. */
const GLANCE_MS = 900;

/**
 * Judges traces: reads them once, as a stream, and tells which files of the build host entered the target's
 * build. The one place that knows the order of the stages.
 * @throws HostbleedError for input that is missing, unreadable or no strace log, and for wrong rule packs
 */
export async function inspect(
  traces: readonly string[],
  options: InspectOptions = {},
): Promise<Report> {
  return inspectSources(await collectSources(traces, { stdin: process.stdin }), options);
}

/** The same for sources at hand, such as strace's own output while the build runs. */
export async function inspectSources(
  sources: readonly TraceSource[],
  options: InspectOptions = {},
): Promise<Report> {
  const judge = compile([
    ...(await loadRulePacks(options.rulePacks ?? [])),
    ...(options.defaultRules === false ? [] : await builtInPacks()),
  ]);
  const paths = new PathTable();
  let names: ReadonlyMap<number | null, string> = new Map();
  let model: ProcessModel | null = null;
  const printed = new PrintedFlags();
  const observer = new Observer({
    paths,
    written: (transfer) => printed.transferred(transfer),
    sysroots: bytes(options.sysroots),
    nativeSysroots: bytes(options.nativeSysroots),
    lineText: () => (names.size > 1 ? unlabelled : asLogged)(model?.text ?? ""),
    source: (pid) => names.get(pid) ?? names.values().next().value ?? "",
  });
  const glance = glanceOf(observer, judge, sources, options);
  const traces: TraceDescription[] = [];
  for (const set of traceSets(sources)) {
    if (options.signal?.aborted) break;
    model = new ProcessModel({ paths, listener: observer, watches: isWatched, lenient: true });
    names = new Map(set.map(({ name, pid }) => [pid, name]));
    const before = observer.features.counts();
    const counts = await readTraceSet(set, model, {
      parserFor: (sink, { pid, numbers }, signatures) =>
        parserFor({ sink, signatures, pid, numbers }),
      signatures: JUDGED_CALLS,
      pause: glance,
      ...(options.signal === undefined ? {} : { options: { signal: options.signal } }),
    });
    observer.end();
    traces.push(describe(set, counts, observer, before));
  }
  refuseUseless(traces, options.signal?.aborted === true);
  return reportOf(judgeBuild(observer, judge, options, printed), traces, options);
}

/** Looks at the leaks so far, now and then, for progress and for findings as they come. */
function glanceOf(
  observer: Observer,
  judge: Judge,
  sources: readonly TraceSource[],
  options: InspectOptions,
): () => Promise<boolean> {
  const { onProgress, onFinding, signal } = options;
  const total = sources.some(({ size }) => size === null)
    ? null
    : sources.reduce((sum, { size }) => sum + (size ?? 0), 0);
  const told = new Set<string>();
  let last = performance.now();
  let leaks = 0;
  return async () => {
    if (signal?.aborted) return false;
    if (
      (onProgress === undefined && onFinding === undefined) ||
      performance.now() - last < GLANCE_MS
    )
      return true;
    const { findings } = judgeBuild(observer, judge, options, null);
    leaks = findings.filter(({ severity }) => severity === "error").length;
    for (const finding of findings) {
      if (told.has(finding.fingerprint)) continue;
      told.add(finding.fingerprint);
      onFinding?.(finding);
    }
    onProgress?.({ bytes: sources.reduce((sum, { consumed }) => sum + consumed, 0), total, leaks });
    last = performance.now();
    return true;
  };
}

/** A log that says nothing must not pass: a gate that is green on an empty log is a gate that is off. */
function refuseUseless(traces: readonly TraceDescription[], interrupted: boolean): void {
  if (interrupted || traces.length === 0) return;
  const names = traces.map(({ source }) => source).join(", ");
  const sum = (count: (trace: TraceDescription) => number) =>
    traces.reduce((all, trace) => all + count(trace), 0);
  const lost = traces.find(({ damage }) => damage !== undefined);
  if (lost !== undefined && sum(({ syscalls }) => syscalls) === 0)
    throw new HostbleedError(
      "input-damaged",
      `${lost.source}: ${lost.damage}`,
      "nothing of it could be read; make the log anew, or fetch it again",
    );
  if (sum(({ bytes: size }) => size) === 0)
    throw new HostbleedError("input-empty", `${names} is empty`);
  const foreign = traces.find(
    ({ syscalls, unparsedLines }) => syscalls === 0 && (traces.length === 1 || unparsedLines > 0),
  );
  if (foreign !== undefined)
    throw new HostbleedError(
      "input-not-strace",
      `${foreign.source} holds no line of strace among ${foreign.lines}`,
    );
  if (sum(({ opens }) => opens) === 0)
    throw new HostbleedError("input-no-access", `${names} holds no file access`);
}

function describe(
  set: readonly TraceSource[],
  counts: TraceCounts,
  observer: Observer,
  before: FeatureCounts,
): TraceDescription {
  const now = observer.features.counts();
  const lacks = lacksOf(observer.features);
  return {
    source: set.length > 1 ? (set[0]?.set ?? "") : (set[0]?.name ?? ""),
    bytes: counts.bytes,
    lines: counts.lines,
    syscalls: counts.syscalls,
    opens: now.opens - before.opens,
    tracees: now.tracees - before.tracees,
    unparsedLines: counts.unparsedLines,
    tornLines: counts.tornLines,
    unknownPaths: now.unknownPaths - before.unknownPaths,
    truncated: counts.truncated || set.some(({ damage }) => damage !== null),
    ...(now.running > before.running ? { running: now.running - before.running } : {}),
    ...damageOf(set),
    lacks,
    advice: lacks.length === 0 ? null : ADVICE,
  };
}

function damageOf(set: readonly TraceSource[]): { readonly damage?: string } {
  const damaged = set.find(({ damage }) => damage !== null);
  if (damaged === undefined) return {};
  return { damage: set.length > 1 ? `${damaged.name}: ${damaged.damage}` : `${damaged.damage}` };
}

type FeatureCounts = ReturnType<Observer["features"]["counts"]>;

const ADVICE = "strace -f -y -v -s 65535 -e trace=%file,%process,%desc -o build.strace COMMAND";

function reportOf(
  judgements: Judgements,
  traces: readonly TraceDescription[],
  options: InspectOptions,
): Report {
  const { findings, groups, allowed, rules, build } = judgements;
  const undecided = [...judgements.undecided, ...tornOf(traces)];
  const count = (severity: Finding["severity"]) =>
    findings.filter((finding) => finding.severity === severity).length;
  const summary = {
    error: count("error"),
    warning: count("warning"),
    note: count("note"),
    suppressed: 0,
    groups: groups.length,
  };
  for (const finding of findings) options.onFinding?.(finding);
  return {
    schema: "hostbleed-report/1",
    tool: { name: "hostbleed", version: version() },
    verdict: summary.error > 0 ? "leaks" : undecided.length > 0 ? "undecided" : "clean",
    build,
    traces,
    summary,
    groups,
    findings,
    rules,
    undecided,
    stale: [],
    ...(options.show === "allowed" ? { allowed } : {}),
    incomplete: options.signal?.aborted === true || traces.some(({ truncated }) => truncated),
  };
}

function asLogged(line: ByteString): ByteString {
  return line;
}

/** A line of a `strace -ff` file as it stands there: the pid in front of it is the process stage's. */
function unlabelled(line: ByteString): ByteString {
  return line.replace(/^\d+ /, "");
}

function bytes(texts: readonly string[] | undefined): readonly string[] {
  return (texts ?? []).map(fromText);
}
