import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { DIALECTS } from "../../benchmarks/generator/dialect.ts";
import { Random } from "../../benchmarks/generator/random.ts";
import { KINDS, makeTrace } from "../../benchmarks/generator/trace.ts";
import { mutated, STRACE_WORDS } from "./mutate.ts";
import { straceLines } from "./strace-lines.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** Generated lines that one log is put together from. */
const WORDS = 300;

/** The real logs and the parser's test documents that lie in this repository. */
export function logsAtHand(): readonly Buffer[] {
  return ["samples", "test/corpus", "test/strace", "test/process"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(?:strace(?:\.gz)?|md)$/.test(name))
      .sort()
      .map((name) => readFileSync(join(ROOT, folder, name)))
      .map((bytes) => (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes)),
  );
}

/** A damaged log of about so many lines; the same for the same seed. */
export function hostileLog(real: readonly Buffer[], seed: number, lines: number): Buffer {
  const random = new Random(seed);
  const base = BASES[random.below(BASES.length)] ?? realPart;
  const text = base(real, random, lines);
  // From a scratch to a shredder: about one edit in two hundred lines, or up to two a line.
  const edits = Math.ceil(lines * (random.chance(0.5) ? 0.005 : random.skewed(2000) / 1000));
  return mutated(text, edits, random, STRACE_WORDS);
}

type Base = (real: readonly Buffer[], random: Random, lines: number) => Buffer;

const BASES: readonly Base[] = [realPart, realPart, shuffled, generated, generated, simulated];

/** Lines that follow each other in one real log. */
function realPart(real: readonly Buffer[], random: Random, lines: number): Buffer {
  const log = random.pick(real);
  const from = Math.max(0, log.indexOf(0x0a, random.chance(0.3) ? 0 : random.below(log.length)));
  let to = from;
  for (let count = 0; count < lines && to >= 0 && to < log.length; count++)
    to = log.indexOf(0x0a, to + 1);
  return log.subarray(from, to < 0 ? log.length : to);
}

/** Runs of lines of all real logs, in any order. */
function shuffled(real: readonly Buffer[], random: Random, lines: number): Buffer {
  const parts: Buffer[] = [];
  for (let count = 0; count < lines; ) {
    const some = 1 + random.skewed(60);
    parts.push(realPart(real, random, some));
    count += some;
  }
  return Buffer.concat(parts);
}

/** Lines made by structure, each used several times, as a build does. */
function generated(_: readonly Buffer[], random: Random, lines: number): Buffer {
  const words = straceLines(random.below(2 ** 31), WORDS);
  const text: string[] = [];
  for (let count = 0; count < lines; count++) text.push(random.pick(words), "\n");
  return Buffer.from(text.join(""), "latin1");
}

/** A simulated build. */
function simulated(_: readonly Buffer[], random: Random, lines: number): Buffer {
  const [kind, dialect] = [random.pick(KINDS), random.pick(DIALECTS)];
  const trace = makeTrace({ kind, dialect, bytes: lines * 100, seed: random.below(2 ** 31) });
  return Buffer.concat([...trace]);
}
