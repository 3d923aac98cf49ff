import { once } from "node:events";
import { createWriteStream, existsSync, mkdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { makeTrace, type TraceDescription } from "./generator/trace.ts";
import { type Cost, median, run } from "./run.ts";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const CLI = join(HERE, "../dist/cli.js");
const GREP = ["grep", "-cE", "libssl|pkgconfig"];

/** A program whose time is compared. */
interface Rival {
  readonly name: string;
  command(trace: string): readonly string[];
}

const HOSTBLEED: Rival = {
  name: "hostbleed",
  command: (trace) => [process.execPath, CLI, "check", "--format", "json", "--no-progress", trace],
};
const BASELINE: Rival = { name: "grep", command: (trace) => [...GREP, trace] };
const RIVALS: readonly Rival[] = [
  BASELINE,
  HOSTBLEED,
  { name: "wc -l", command: (trace) => ["wc", "-l", trace] },
  { name: "readline", command: (trace) => [process.execPath, join(HERE, "naive.mjs"), trace] },
];

/** Medians of one program on one trace, and how they stand to grep's of the same rounds. */
export interface Comparison {
  readonly trace: string;
  readonly megabytes: number;
  readonly program: string;
  readonly wall: number;
  readonly cpu: number;
  readonly rss: number;
  /** Median of the ratios within each round: what a busy machine does to a round it does to both. */
  readonly wallToGrep: number;
  readonly cpuToGrep: number;
}

/** The file of a made-up trace, made when it is not there yet. */
export async function traceFile(description: TraceDescription): Promise<string> {
  const { kind, dialect, bytes, seed } = description;
  const folder = join(tmpdir(), "hostbleed-benchmarks");
  const path = join(folder, `${kind}-${dialect}-${bytes}-${seed}.strace`);
  if (existsSync(path) && statSync(path).size >= bytes) return path;
  mkdirSync(folder, { recursive: true });
  const file = createWriteStream(path);
  for (const piece of makeTrace(description)) {
    if (!file.write(piece)) await once(file, "drain");
  }
  file.end();
  await finished(file);
  return path;
}

/** Runs all programs by turns, `rounds` times each, over one trace. */
export async function compare(
  description: TraceDescription,
  rounds: number,
  programs: readonly string[] = RIVALS.map(({ name }) => name),
): Promise<readonly Comparison[]> {
  const path = await traceFile(description);
  const rivals = RIVALS.filter(({ name }) => programs.includes(name) || name === BASELINE.name);
  const costs = new Map<string, Cost[]>(rivals.map(({ name }) => [name, []]));
  // One turn each unmeasured: the page cache, and the shared libraries.
  for (let round = -1; round < rounds; round++) {
    for (const { name, command } of rivals) {
      const cost = await run(command(path));
      if (round >= 0) costs.get(name)?.push(cost);
    }
  }
  const base = costs.get(BASELINE.name) ?? [];
  return rivals.map(({ name }) => {
    const own = costs.get(name) ?? [];
    const ratio = (of: (cost: Cost) => number): number =>
      median(own.map((cost, round) => of(cost) / of(base[round] ?? cost)));
    return {
      trace: `${description.kind}, ${description.dialect}`,
      megabytes: Math.round(description.bytes / 1e6),
      program: name,
      wall: median(own.map(({ wall }) => wall)),
      cpu: median(own.map(({ cpu }) => cpu)),
      rss: Math.max(...own.map(({ rss }) => rss)),
      wallToGrep: ratio(({ wall }) => wall),
      cpuToGrep: ratio(({ cpu }) => cpu),
    };
  });
}
