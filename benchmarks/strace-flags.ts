import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { JUDGED_CALLS, RECORDED_CALLS } from "../src/process/calls.ts";
import { straceArguments } from "../src/record/strace-arguments.ts";
import { type Cost, median, run } from "./run.ts";
import { table } from "./table.ts";

/*
 * What each choice of strace's flags costs a build:
 *
 *   tsx benchmarks/strace-flags.ts ROUNDS PREPARE BUILD [CHOICE...]
 *
 * PREPARE and BUILD are shell commands; PREPARE is not measured. A CHOICE is a part of a name below; without one, all
 * are measured. Each round runs every choice once, in another order; what is shown are medians of the ratios within each
 * round, first to the build without strace, then to what run asks for.
 */

const [rounds = "5", prepare = "true", build = "make", ...only] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "hostbleed-flags-"));
const log = join(folder, "log");
const HOSTBLEED = ["node", fileURLToPath(new URL("../dist/cli.js", import.meta.url)), "run"];
const RUN = [...HOSTBLEED, "--quiet", "--fail-on", "never"];

const wishes = { version: [6, 1], calls: RECORDED_CALLS, output: log, attach: [] } as const;
const chosen = straceArguments(wishes);
/** What run asks for, but for these words. */
const without = (...words: readonly string[]) => {
  const at = chosen.indexOf(words.at(-1) ?? "") - words.length + 1;
  return ["strace", ...chosen.slice(0, at), ...chosen.slice(at + words.length)];
};
const calls = (expression: string) => [
  "strace",
  ...chosen.map((word) => (word.startsWith("trace=") ? `trace=${expression}` : word)),
];

const BASE = "no strace";
const CHOSEN = "what run asks for";
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  [BASE]: [],
  [CHOSEN]: ["strace", ...chosen],
  "the same, read by cat": ["strace", ...chosen.map((word) => (word === log ? "|cat" : word))],
  "without --seccomp-bpf": without("--seccomp-bpf"),
  "without -y": without("-y"),
  "-yy instead of -y": ["strace", "-yy", ...chosen],
  "without -s 65535": without("-s", "65535"),
  "without the environment": without("-e", "abbrev=!execve,execveat"),
  "-v for all calls": ["strace", "-v", ...without("-e", "abbrev=!execve,execveat").slice(1)],
  "with each SIGCHLD": without("-e", "signal=!SIGCHLD"),
  "without -a 1": without("-a", "1"),
  "-z: no failed calls": ["strace", "-z", ...chosen],
  "with what is read and written": calls(
    [...JUDGED_CALLS.keys()].map((name) => `?${name}`).join(","),
  ),
  "only %file,%process": calls("%file,%process,fchdir"),
  "only openat,open": ["strace", "-f", "-e", "trace=openat,open", "-o", log],
  "README's line": [
    ...["strace", "-f", "-y", "-v", "-s", "65535", "-e", "trace=%file,%process,%desc"],
    ...["-o", log],
  ],
  "every call": ["strace", "-f", "-y", "-v", "-s", "65535", "-o", log],
  "hostbleed run": [...RUN, "--"],
  "hostbleed run --save log.zst": [...RUN, "--save", `${log}.zst`, "--"],
};

interface Sample extends Cost {
  readonly bytes: number;
  readonly lines: number;
}

async function measure(words: readonly string[]): Promise<Sample> {
  spawnSync("sh", ["-c", prepare], { stdio: "ignore" });
  rmSync(log, { force: true });
  const cost = await run([...words, "sh", "-c", build]);
  const bytes = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  return { ...cost, bytes, lines: bytes === 0 ? 0 : linesIn(readFileSync(log)) };
}

function linesIn(text: Buffer): number {
  let lines = 0;
  for (let at = text.indexOf(10); at >= 0; at = text.indexOf(10, at + 1)) lines += 1;
  return lines;
}

const names = Object.keys(CHOICES).filter(
  (name) =>
    [BASE, CHOSEN].includes(name) || only.length === 0 || only.some((part) => name.includes(part)),
);
const samples = new Map<string, Sample[]>(names.map((name) => [name, []]));
for (let round = 0; round < Number(rounds); round++) {
  // Each choice has each place once: what a busy machine does at the beginning of a round, it does to all.
  const order = names.map((_, at) => names[(at + round * 5) % names.length] ?? BASE);
  for (const name of order) samples.get(name)?.push(await measure(CHOICES[name] ?? []));
  process.stderr.write(`round ${round + 1}\n`);
}
rmSync(folder, { recursive: true, force: true });

/** Median of the ratios within each round, as `1.23`. */
const ratio = (name: string, base: string, of: "wall" | "cpu") => {
  const bases = samples.get(base) ?? [];
  const ratios = (samples.get(name) ?? []).map(
    (sample, at) => sample[of] / (bases[at]?.[of] ?? Number.NaN),
  );
  return median(ratios).toFixed(2);
};
const rows = names.map((name) => {
  const last = samples.get(name)?.at(-1);
  return {
    choice: name,
    wall: ratio(name, BASE, "wall"),
    CPU: ratio(name, BASE, "cpu"),
    "wall to chosen": ratio(name, CHOSEN, "wall"),
    "CPU to chosen": ratio(name, CHOSEN, "cpu"),
    "log MB": last?.bytes ? (last.bytes / 1e6).toFixed(1) : "",
    lines: last?.lines ? `${last.lines}` : "",
  };
});
console.log(table(rows));
