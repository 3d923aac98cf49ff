import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { fuzz } from "./fuzz-target.ts";
import { Scratch } from "./scratch.ts";
import { allTargets } from "./targets.ts";
import { Watchdog } from "./watchdog.ts";

const USAGE = `usage: npm run fuzz -- [--lines 10M] [--packs 100k] [--seed N] [--only TARGET]

Lines go to both lanes of the parser, a quarter as many to the whole pipeline, and a tenth as many files as packs to each
other loader. A seed that failed alone: --only TARGET --seed N --lines 1 (or --packs 1).
`;
/** Inputs before the memory is measured that must not grow: code is compiled and caches are filled by then. */
const WARM = 100;
const TELL_MS = 30_000;
/** What may stay in memory after a target, in MiB. */
const MOST_GROWTH = 64;

const { values } = parseArgs({
  options: {
    lines: { type: "string", default: "10M" },
    packs: { type: "string", default: "100k" },
    seed: { type: "string", default: String(Date.now() % 1e9) },
    only: { type: "string" },
    help: { type: "boolean", short: "h" },
  },
});

const [lines, packs, seed] = [values.lines, values.packs, values.seed].map(numberOf);
if (values.help || lines === undefined || packs === undefined || seed === undefined) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  await run(lines, packs, seed);
}

async function run(lines: number, packs: number, seed: number): Promise<void> {
  const amounts: Readonly<Record<string, number>> = { lanes: lines, pipeline: lines / 4, packs };
  const scratch = new Scratch();
  const watchdog = new Watchdog();
  try {
    const targets = await allTargets(scratch);
    for (const target of targets.filter(({ name }) => name === (values.only ?? name))) {
      const start = performance.now();
      const amount = Math.ceil(amounts[target.name] ?? packs / 10);
      let before: number | undefined;
      let told = start;
      const { inputs, amount: done } = await fuzz(target, {
        seed,
        amount,
        onInput: (own, done) => {
          watchdog.lives(own);
          if (own === seed + WARM) before = heap();
          if (performance.now() - told < TELL_MS) return;
          told = performance.now();
          process.stderr.write(`${target.name}: ${done} ${target.unit} so far, seed ${own}\n`);
        },
        onMistake: (text) => {
          process.stdout.write(`${text}\n\n`);
          process.exitCode = 1;
        },
      });
      const growth = before === undefined ? 0 : heap() - before;
      const seconds = (performance.now() - start) / 1000;
      process.stdout.write(
        `${target.name}: ${done} ${target.unit} in ${inputs} inputs, seeds from ${seed}, ${seconds.toFixed(0)} s, heap ${growth < 0 ? "" : "+"}${growth.toFixed(1)} MiB\n`,
      );
      if (growth > MOST_GROWTH) throw new Error(`${target.name}: memory grows`);
    }
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  } finally {
    await watchdog.stop();
    scratch.remove();
  }
}

function numberOf(text: string): number | undefined {
  const [whole, digits, unit = ""] = /^(\d+)([kM]?)$/.exec(text) ?? [];
  return whole === undefined
    ? undefined
    : Number(digits) * { "": 1, k: 1e3, M: 1e6 }[unit as "" | "k" | "M"];
}

/** MiB that live on the heap. */
function heap(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  return process.memoryUsage().heapUsed / 2 ** 20;
}
