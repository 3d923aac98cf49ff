import type { Artifact, Side, Use, Zone } from "./facts.ts";
import type { RuleId, Severity } from "./rule.ts";

/** The whole answer, as plain data: the JSON report is this object. Contract: see README, "The JSON report". */
export interface Report {
  readonly schema: "hostbleed-report/1";
  readonly tool: { readonly name: "hostbleed"; readonly version: string };
  readonly verdict: "leaks" | "clean" | "undecided";
  readonly build: BuildDescription;
  readonly traces: readonly TraceDescription[];
  readonly summary: Summary;
  readonly groups: readonly Group[];
  readonly findings: readonly Finding[];
  /** Rules that the findings name, for reporters that print why and fix. */
  readonly rules: readonly RuleDescription[];
  /** What could not be decided, a sentence each, with what would decide it. */
  readonly undecided: readonly Undecided[];
  /** Baseline entries that matched nothing in this run. */
  readonly stale: readonly string[];
  /** With `--show allowed`: what was judged innocent. */
  readonly allowed?: readonly Finding[];
  /** With `--show suppressed`: what the baseline hides. */
  readonly suppressed?: readonly Finding[];
  /** True when the input ended early: a signal, a cut file. */
  readonly incomplete: boolean;
  /** With `--redact`: homes, users and the project's folders have other names. */
  readonly redacted?: true;
}

export interface BuildDescription {
  readonly host: string | null;
  readonly target: string | null;
  readonly sysroots: readonly string[];
  readonly nativeSysroots: readonly string[];
  readonly toolchains: readonly string[];
  readonly buildDirs: readonly string[];
  /** Names of the fields above that were inferred, not given, or not all of it. */
  readonly inferred: readonly string[];
  /** Of a field that was given: what the log added to it. */
  readonly added?: readonly string[];
}

export const LACKS = [
  "pids",
  "execve",
  "arguments",
  "environment",
  "fd-paths",
  "fork",
  "cwd",
  "content",
] as const;
/** What a log does not hold. */
export type Lack = (typeof LACKS)[number];

export interface TraceDescription {
  readonly source: string;
  readonly bytes: number;
  readonly lines: number;
  readonly syscalls: number;
  readonly opens: number;
  readonly tracees: number;
  readonly unparsedLines: number;
  readonly tornLines: number;
  readonly unknownPaths: number;
  readonly truncated: boolean;
  /** Processes that had not ended when the log did, its first one among them; missing where none, or where it shows no ends. */
  readonly running?: number;
  /** Why it could not be read to its end; missing when it was, or when only its last line is cut. */
  readonly damage?: string;
  readonly lacks: readonly Lack[];
  /** The strace command that would have told what lacks; null when nothing does. */
  readonly advice: string | null;
}

export interface Summary {
  readonly error: number;
  readonly warning: number;
  readonly note: number;
  readonly suppressed: number;
  readonly groups: number;
}

export type CauseKind =
  | "lost-variable"
  | "stray-flag"
  | "missing-flag"
  | "symlink"
  | "host-program"
  | "missing-dependency"
  | "unknown";

/** A point in the trace. */
export interface Place {
  readonly pid: number | null;
  readonly program: string;
  readonly line: number;
}

export interface CauseVariable {
  readonly name: string;
  readonly state: "lost" | "unset" | "wrong";
  /** Where it was lost, or where its absence mattered. */
  readonly at: Place | null;
  /** Last value that an ancestor had; only of watched, unsecret variables. */
  readonly value: string | null;
}

export interface CauseFlag {
  readonly flag: string;
  /** The first process that had it. */
  readonly at: Place | null;
}

export interface Cause {
  readonly kind: CauseKind;
  readonly variables: readonly CauseVariable[];
  readonly flags: readonly CauseFlag[];
}

export interface Group {
  readonly id: string;
  readonly title: string;
  readonly cause: Cause;
  readonly severity: Severity;
  /** Fingerprints. */
  readonly findings: readonly string[];
  /** Lines to act on, in order. */
  readonly fix: readonly string[];
  /** Those of them that are said in words, and are nothing to paste. */
  readonly words?: readonly string[];
}

export interface Evidence {
  readonly trace: string;
  readonly line: number;
  readonly text: string;
}

export interface Finding {
  readonly fingerprint: string;
  readonly rule: RuleId;
  readonly severity: Severity;
  /** Canonical: absolute, no `..`, the real file if known. */
  readonly path: string;
  /** As the tracee wrote it, if different. */
  readonly requested?: string;
  /** The counterpart in the sysroot. `known`: somebody looked, in the trace or on this disk, so that `exists: false` means that it is missing. */
  readonly expected: {
    readonly path: string;
    readonly exists: boolean;
    readonly known: boolean;
  } | null;
  readonly kind: Artifact;
  readonly zone: Zone;
  readonly use: Use;
  readonly side: Side;
  readonly rejected: boolean;
  readonly count: number;
  /** At most five. */
  readonly evidence: readonly Evidence[];
  readonly process: {
    readonly pid: number | null;
    readonly program: string;
    readonly argv: readonly string[];
    /** Base names from the root of the build to the culprit. */
    readonly chain: readonly string[];
  };
  readonly group: string | null;
  readonly taints: readonly string[];
}

export interface RuleDescription {
  readonly id: RuleId;
  readonly title: string;
  readonly why: string;
  readonly fix: string;
  readonly see: readonly string[];
}

export interface Undecided {
  /** What the question is about: `side`, `path`, `outcome`. */
  readonly what: string;
  readonly count: number;
  readonly text: string;
}
