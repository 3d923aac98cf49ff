import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { RECORDED_CALLS, TRACE_EXPRESSION } from "../src/process/calls.ts";
import { straceArguments } from "../src/record/strace-arguments.ts";

/*
 * What each choice of strace's flags costs a build:
 *
 *   tsx benchmarks/strace-flags.ts ROUNDS PREPARE BUILD
 *
 * PREPARE and BUILD are shell commands; PREPARE is not measured. Rounds alternate between the choices, so that a
 * busy machine is unfair to all alike; the best of each is shown.
 */

const [rounds = "3", prepare = "true", build = "make"] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "hostbleed-flags-"));
const log = join(folder, "log");
const RUN = ["node", fileURLToPath(new URL("../dist/cli.js", import.meta.url)), "run"];

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

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  "no strace": [],
  "what run asks for": ["strace", ...chosen],
  "without --seccomp-bpf": without("--seccomp-bpf"),
  "without -y": without("-y"),
  "without -s 65535": without("-s", "65535"),
  "without the environment": without("-e", "abbrev=!execve,execveat"),
  "without -a 1": without("-a", "1"),
  "with -v for all calls": ["strace", "-v", ...without("-e", "abbrev=!execve,execveat").slice(1)],
  "with content: read, write and their kin": calls(TRACE_EXPRESSION),
  "only %file,%process": calls("%file,%process,fchdir"),
  "every call": ["strace", "-f", "-y", "-v", "-s", "65535", "-o", log],
  "hostbleed run": [...RUN, "--quiet", "--fail-on", "never"],
  "hostbleed run --save log.zst": [...RUN, "--quiet", "--fail-on", "never", "--save", `${log}.zst`],
};

interface Cost {
  wall: number;
  processor: number;
  bytes: number;
  lines: number;
}

function measure(words: readonly string[]): Cost {
  spawnSync("sh", ["-c", prepare], { stdio: "ignore" });
  rmSync(log, { force: true });
  const separator = words[1]?.endsWith("cli.js") ? ["--"] : [];
  const before = process.hrtime.bigint();
  const timed = spawnSync(
    "bash",
    [
      "-c",
      'TIMEFORMAT="%U %S"; time "$@" >/dev/null 2>&1',
      "-",
      ...words,
      ...separator,
      "sh",
      "-c",
      build,
    ],
    { encoding: "utf8" },
  );
  const wall = Number(process.hrtime.bigint() - before) / 1e9;
  const [user = 0, system = 0] = (timed.stderr.trim().split("\n").at(-1) ?? "")
    .split(" ")
    .map(Number);
  const written = words[0] === "strace" ? readFileSync(log) : Buffer.alloc(0);
  let lines = 0;
  for (let at = written.indexOf(10); at >= 0; at = written.indexOf(10, at + 1)) lines += 1;
  return { wall, processor: user + system, bytes: written.length, lines };
}

const best = new Map<string, Cost>();
for (let round = 0; round < Number(rounds); round++)
  for (const [name, words] of Object.entries(CHOICES)) {
    const now = measure(words);
    const known = best.get(name) ?? now;
    best.set(name, {
      ...now,
      wall: Math.min(known.wall, now.wall),
      processor: Math.min(known.processor, now.processor),
    });
  }
rmSync(folder, { recursive: true, force: true });

console.log("| choice | wall s | processor s | log MB | lines |\n|---|---:|---:|---:|---:|");
for (const [name, { wall, processor, bytes, lines }] of best)
  console.log(
    `| ${name} | ${wall.toFixed(2)} | ${processor.toFixed(2)} | ${(bytes / 1e6).toFixed(1)} | ${lines} |`,
  );
