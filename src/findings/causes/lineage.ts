import { type ByteString, toText } from "../../model/byte-string.ts";
import { baseName } from "../../model/path.ts";
import type { Place } from "../../model/report.ts";
import type { Tracee } from "../../model/tracee.ts";

/** A tracee and the programs behind it, nearest first. */
export type Lineage = readonly [Tracee, ...Tracee[]];

/** A hostile log can nest a hundred thousand programs; nobody's cause lies that far up. */
const MOST_STEPS = 2048;

/** A tracee and who brought it about, one entry a program: forks that still run their parent's are left out. */
export function lineageOf(tracee: Tracee): Lineage {
  const line: [Tracee, ...Tracee[]] = [tracee];
  let steps = 0;
  for (let at = tracee.parent; at !== null && steps < MOST_STEPS; at = at.parent, steps++)
    if (at.born !== "fork") line.push(at);
  return line;
}

/** The point of the trace where a tracee's program began. */
export function placeOf(tracee: Tracee): Place {
  return { pid: tracee.pid, program: toText(tracee.program ?? "unknown"), line: tracee.line };
}

/**
 * What people call the program of a tracee: its base name, for an interpreter that of its script; `unknown` when the
 * log shows no exec.
 */
export function nameOf({ program, argv, argvTruncated }: Tracee): string {
  if (program === null) return "unknown";
  const name = baseName(program);
  const script = INTERPRETER.test(name) ? (argv?.[1] ?? "") : "";
  const whole = !argvTruncated || argv?.some((word) => word.length > script.length) === true;
  return toText(whole && /^[^-\s]\S*$/.test(script) ? baseName(script) : name);
}

const INTERPRETER = /^(?:sh|bash|dash|ash|ksh|zsh|python[\d.]*|perl|ruby|node)$/;

/** The nearest ancestor that decides anything: shells, `env` and their like only pass on what they were told. */
export function requesterOf([, ...ancestors]: Lineage): Tracee | null {
  return (
    ancestors.find(({ program }) => program !== null && !passesOn(program)) ?? ancestors[0] ?? null
  );
}

function passesOn(program: ByteString): boolean {
  return PASSES_ON.has(baseName(program));
}

const PASSES_ON: ReadonlySet<string> = new Set(
  "sh bash dash zsh ksh busybox ash mksh env nice ionice timeout time setsid nohup xargs stdbuf".split(
    " ",
  ),
);
