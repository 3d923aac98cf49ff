import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Comparison, compare } from "./compare.ts";
import { fitLine } from "./fit.ts";
import type { DialectName } from "./generator/dialect.ts";
import { KINDS, type Kind } from "./generator/trace.ts";
import { timeStages } from "./stages.ts";
import { table } from "./table.ts";

/*
 * npm run bench [-- --megabytes 1000 --rounds 5]: stages, whole programs, growth. Prints tables, and writes all
 * figures to benchmarks/results/latest.json.
 */

const { values } = parseArgs({
  options: {
    megabytes: { type: "string", default: "1000" },
    rounds: { type: "string", default: "5" },
    only: { type: "string" },
  },
});
const bytes = Number(values.megabytes) * 1e6;
const rounds = Number(values.rounds);
const root = new URL("../", import.meta.url);
const wanted = (part: string): boolean => values.only === undefined || values.only === part;

const stages = wanted("stages")
  ? await timeStages(new URL("dist/strace/fast/scan.wasm", root))
  : [];
if (stages.length > 0) {
  print(
    stages.map(({ stage, megabytesPerSecond, nanosecondsPerLine }) => ({
      stage,
      "MB/s": megabytesPerSecond,
      "ns/line": nanosecondsPerLine,
    })),
  );
}

const programs: Comparison[] = [];
const cases: readonly (readonly [Kind, DialectName])[] = [
  ...KINDS.map((kind) => [kind, "plain"] as const),
  ["all", "rich"],
  ["all", "stderr"],
];
for (const [kind, dialect] of wanted("programs") ? cases : []) {
  programs.push(...(await compare({ kind, dialect, bytes, seed: 1 }, rounds)));
}
if (programs.length > 0) print(programs.map(shown));

const growth: Comparison[] = [];
for (const size of wanted("growth") ? [10e6, 30e6, 100e6, 300e6, bytes] : []) {
  const [, own] = await compare({ kind: "file", dialect: "plain", bytes: size, seed: 1 }, rounds, [
    "hostbleed",
  ]);
  if (own !== undefined) growth.push(own);
}
if (growth.length > 0) {
  print(growth.map(shown));
  const { start, slope, worst } = fitLine(
    growth.map(({ megabytes, wall }) => ({ x: megabytes, y: wall })),
  );
  process.stdout.write(
    `${start.toFixed(2)} s and ${(slope * 1000).toFixed(2)} s per GB; off by ${(worst * 100).toFixed(0)} % at most\n`,
  );
}

const folder = fileURLToPath(new URL("benchmarks/results", root));
mkdirSync(folder, { recursive: true });
writeFileSync(
  join(folder, "latest.json"),
  `${JSON.stringify({ stages, programs, growth }, null, 2)}\n`,
);

function shown(one: Comparison): Record<string, string | number> {
  return {
    trace: `${one.trace}, ${one.megabytes} MB`,
    program: one.program,
    "wall s": one.wall,
    "x grep": one.wallToGrep,
    "CPU s": one.cpu,
    "x grep's": one.cpuToGrep,
    "RSS MiB": Math.round(one.rss),
  };
}

function print(rows: readonly Record<string, string | number>[]): void {
  process.stdout.write(`${table(rows)}\n\n`);
}
