import { MOST_PATHS } from "../model/path-table.ts";
import type { Lack, TraceDescription, Undecided } from "../model/report.ts";

/** What was counted while judging. */
export interface Open {
  /** Foreign files used to make something, by tracees of which nothing tells the machine. */
  readonly sides: number;
  /** Accesses whose path the log does not hold. */
  readonly paths: number;
  /** Tracees that were forgotten, since more seemed to live than can. */
  readonly forgotten: number;
  /** Uses of foreign files that were not kept, since there were too many. */
  readonly omitted: number;
  /** Paths that were not told apart, since there were too many. */
  readonly pathsOmitted: number;
  /** Programs that let others work whom the log does not follow. */
  readonly clients: readonly string[];
  /** No target and no sysroot are known, given or inferred. */
  readonly noTarget: boolean;
}

/** What could not be decided, in sentences that say what would decide it. */
export function undecidedOf(open: Open, lacks: readonly Lack[]): readonly Undecided[] {
  const answers: Undecided[] = [];
  if (open.noTarget) {
    answers.push({
      what: "target",
      count: 1,
      text: "Nothing in the log tells the target: give --target and --sysroot. Until then no host file is called a leak.",
    });
  }
  if (open.clients.length > 0) {
    const [names, verb] = [open.clients.join(" and "), open.clients.length === 1 ? "has" : "have"];
    answers.push({
      what: "elsewhere",
      count: open.clients.length,
      text: `${names} ${verb} others work, whom this log does not follow: trace those, or a build without ${open.clients.length === 1 ? "it" : "them"}.`,
    });
  }
  if (open.sides > 0 && !open.noTarget) {
    const lack = lacks.includes("execve")
      ? "the log shows no execve, so programs are known by what they open alone"
      : "the log does not show where these processes came from";
    answers.push({
      what: "side",
      count: open.sides,
      text: `${open.sides} host ${open.sides === 1 ? "file was" : "files were"} used by programs of which nothing says whether they work for the target: ${lack}.`,
    });
  }
  if (open.paths > 0) {
    const one = open.paths === 1;
    const lack = lacks.includes("fd-paths")
      ? `trace with -y to see ${one ? "it" : "them"}`
      : "a descriptor was opened before the log began";
    answers.push({
      what: "path",
      count: open.paths,
      text: `${open.paths} ${one ? "access has" : "accesses have"} a path that the log does not hold: ${lack}.`,
    });
  }
  if (open.forgotten > 0) {
    answers.push({
      what: "process",
      count: open.forgotten,
      text: `${open.forgotten} processes without an end in the log were forgotten, the quietest of too many: trace without -qq, and keep the lines that say "exited".`,
    });
  }
  if (open.omitted > 0) {
    answers.push({
      what: "limit",
      count: open.omitted,
      text: `${open.omitted} uses of host files were not judged, beyond the first hundred thousand: give --sysroot and --toolchain, or judge parts of the build alone.`,
    });
  }
  if (open.pathsOmitted > 0) {
    answers.push({
      what: "limit",
      count: open.pathsOmitted,
      text: `${open.pathsOmitted} paths were left unknown, beyond the first ${MOST_PATHS.toLocaleString("en")} outside of the host's folders: judge parts of the build alone.`,
    });
  }
  return answers;
}

/** Torn lines that are no accident; a handful is what make -j does to stderr. */
const MANY_TORN = 20;

/** What a log that is mostly torn cannot tell: something on its way broke its lines, and each call lost its end. */
export function tornOf(traces: readonly TraceDescription[]): readonly Undecided[] {
  return traces
    .filter(({ tornLines, syscalls }) => tornLines > MANY_TORN && 2 * tornLines > syscalls)
    .map(({ source, tornLines, syscalls }) => ({
      what: "line",
      count: tornLines,
      text: `${tornLines} of ${syscalls} calls in ${source} are torn, and what they returned is lost with most of them: have strace write the log itself (-o), and copy no lines from a terminal.`,
    }));
}
