import type { ByteString } from "../model/byte-string.ts";

/** What CI systems and log collectors put before each line of a job's output. */
const FOREIGN_PREFIXES: readonly RegExp[] = [
  // GitHub Actions, Azure Pipelines, docker logs -t; with the stream columns of GitLab and of Kubernetes' CRI.
  /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)? (?:\d\d[OE][ +]|std(?:out|err) [FP] )?/,
  // journald's short-iso behind its time; syslog and journald's default form; moreutils' ts.
  /^[\w.-]+ [\w.@/-]+\[\d+\]: /,
  /^[A-Z][a-z]{2} [ \d]?\d \d\d:\d\d:\d\d(?:\.\d+)? (?:[\w.-]+ [\w.@/-]+(?:\[\d+\])?: )?/,
  // Jenkins' timestamper, TeamCity, Drone and Woodpecker.
  /^\[\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?Z?\] /,
  /^\[\d\d:\d\d:\d\d\](?:[ iWEwe]:)?(?: |\t ?)?(?:\[(?!pid )[^\]]*\] )?/,
  /^\[[\w.-]+:L\d+:\d+s\] /,
  // docker compose, act; BitBake's excerpts; docker build --progress=plain; nix build -L.
  /^(?:\[[\w./ -]+\] *|[\w.-]+ *)\| /,
  /^\| /,
  /^#\d+ \d+\.\d+ /,
  /^[\w.+-]+> /,
  // cat -n and nl; less -N, which puts numbers to the right, before a pid or a call.
  /^ *\d+\t/,
  /^ +\d+ {1,2}(?=\[pid |\d{1,7}(?:<[^>]*>)? +\S)/,
  /^(?=[ \d]{7} \S) {3,}\d+ /,
  // What Markdown and mail put before a quotation.
  /^[ \t]+(?=\d{1,7}(?:<[^>]*>)? +\S|\[pid |[a-z_][a-z_\d]*\()/,
  /^(?:> ?)+/,
];

/**
 * A line of strace behind a prefix that nobody knows: half of all systems that run builds have one of their own. With
 * its pid, which strace puts before all else, or a call with its end that most logs begin with.
 */
const BEHIND_ANYTHING: readonly RegExp[] = [
  /^([^"]{1,200}?)(?:\[pid +\d+(?:<[^>]*>)?\] |(?<![\w.:,+-])\d{1,7}(?:<[^>]*>)? ) *(?:(?:[\d:.]+|\[[^\]"]*\]|\(\+ *[\d.]+\)) +){0,4}(?:[a-z_][a-z_\d]*\(.*(?:\) += |<unfinished \.\.\.>$)|<\.\.\. [a-z_\d]+ resumed>.*\) += |\+\+\+ (?:exited with|killed by) .*\+\+\+$|--- SIG[A-Z])/,
  /^(?! *\d+ +[a-z])([^"]{0,199}?[\s:|>\]])(?:execve|open|access|stat|lstat|(?:open|newfstat|faccess)at2?)\("?.*\) += -?\d/,
];

/** Where a line of strace begins behind a prefix that nobody knows; 0 when there is none. */
export function behindAnything(line: ByteString): number {
  for (const pattern of BEHIND_ANYTHING) {
    const prefix = pattern.exec(line)?.[1];
    if (prefix !== undefined) return prefix.length;
  }
  return 0;
}

/** What a prefix will look like on the next line, where its numbers differ, and the spaces that pad them. */
export function shapeOf(prefix: ByteString): RegExp {
  const runs = prefix.split(/(\d+| +)/).filter((run) => run !== "");
  const isNumber = (at: number) => /^\d/.test(runs[at] ?? "");
  const shapes = runs.map((run, at) => {
    if (isNumber(at)) return "\\d+";
    const pads = run.startsWith(" ") && (isNumber(at - 1) || isNumber(at + 1));
    // The last ones stand before the line proper, which may begin with a space.
    return pads && at < runs.length - 1 ? " *" : run.replace(/[^\w ]/g, "\\$&");
  });
  return new RegExp(`^${shapes.join("")}`);
}

/** GitLab's `00O+ ` before the rest of a line, and CRI's `P ` before a line whose rest follows. */
const SPLIT = /^\S+ (?:\d\d[OE](\+)|std(?:out|err) (P) )/;

/** How a prefix says that a line is only a part of one: it goes on the line before, or the next one goes on with it. */
export function splitOf(line: ByteString): "end" | "begin" | null {
  const [, end, begin] = SPLIT.exec(line) ?? [];
  return end !== undefined ? "end" : begin !== undefined ? "begin" : null;
}

/** Where a program that numbers or names the lines of a log may put its prefix's end: grep -n, -H and -r, with -A, -B, -C. */
const GREP_MARK = /[:-]/g;
/** Names of files are shorter than a path can be; a string or the arguments of a call are no name. */
const LONGEST_NAME = 4096;
/** `build.strace.4711:12:`, a file of a `strace -ff` set. */
const PID_OF_FILE = /\.(\d{1,7})[:-](?:\d+[:-])?$/;
const END_OF_NAME = /[\s"(]/;

/**
 * The places at which the line proper may begin behind grep's prefix, `12:` or `build.strace:` or both: `:` stands behind
 * what was searched for, and `-` behind its neighbours. Names have both in them, so that each place is a guess.
 */
export function* grepPrefixes(line: ByteString): Iterable<number> {
  const stop = line.slice(0, LONGEST_NAME).search(END_OF_NAME);
  const name = line.slice(0, stop < 0 ? LONGEST_NAME : stop);
  for (const { index } of name.matchAll(GREP_MARK)) {
    if (index === 0) continue;
    // `stderr: 12 `: one space is the label's, more are the column of -r.
    const spaces = /^ (?! )/.test(line.slice(index + 1, index + 3)) ? 1 : 0;
    yield index + 1 + spaces;
  }
}

/** The pid at the end of the name in grep's prefix; null when there is none. */
export function pidInName(prefix: ByteString): number | null {
  const pid = PID_OF_FILE.exec(prefix)?.[1];
  return pid === undefined ? null : Number(pid);
}

/** Where the line proper begins behind one foreign prefix; 0 when there is none. */
export function skipForeign(line: ByteString): number {
  for (const prefix of FOREIGN_PREFIXES) {
    const match = prefix.exec(line);
    if (match && match[0].length > 0) return match[0].length;
  }
  return 0;
}
