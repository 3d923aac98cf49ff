import { Random } from "../../benchmarks/generator/random.ts";
import { reduced } from "./reduce.ts";
import type { Target } from "./target.ts";

/** How much is tried. */
export interface Amount {
  readonly seed: number;
  /** Lines of all inputs together, or files. */
  readonly amount: number;
  /** Ends early after so many seconds. */
  readonly seconds?: number;
  /** Called before each input, with its seed and the amount that is done. */
  readonly onInput?: (seed: number, done: number) => void;
  /** Told of a mistake, after which the next input is tried. Without it the first one is thrown. */
  readonly onMistake?: (text: string) => void;
}

/** What was tried. */
export interface Tried {
  readonly inputs: number;
  readonly amount: number;
}

/** Longest that one input may take, in ms of CPU time, which a busy machine does not stretch: ten times the slowest seen. */
const SLOW_MS = 20_000;
/** Few enough to be reduced in a minute, and enough for what a lane learns of a log to matter. */
const MOST_LINES = 4000;

/**
 * Tries a target on inputs of ever other seeds.
 * @throws Error with the seed, what went wrong, and the smallest input found that shows it
 */
export async function fuzz(target: Target, given: Amount): Promise<Tried> {
  const { seed, amount, seconds, onInput, onMistake } = given;
  const end = performance.now() + (seconds ?? Number.POSITIVE_INFINITY) * 1000;
  const kinds = new Set<string>();
  let [inputs, done] = [0, 0];
  for (; done < amount && performance.now() < end; inputs++) {
    const own = seed + inputs;
    onInput?.(own, done);
    const size = target.unit === "lines" ? MOST_LINES : 1;
    const input = target.make(own, 1 + new Random(own).below(size));
    const wrong = await mistakeOf(target, input);
    if (wrong !== null) {
      // Reducing takes a minute: once is enough for each kind of mistake.
      const part = kinds.has(kindOf(wrong)) ? null : await smallest(target, input, wrong);
      kinds.add(kindOf(wrong));
      const text = describe(target, own, wrong, part);
      if (onMistake === undefined) throw new Error(text);
      onMistake(text);
    }
    done += target.unit === "lines" ? linesIn(input) : 1;
  }
  return { inputs, amount: done };
}

async function mistakeOf(target: Target, input: Buffer): Promise<Error | null> {
  const start = process.cpuUsage();
  try {
    await target.check(input);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
  const took = process.cpuUsage(start).user / 1000;
  return took > SLOW_MS ? new Error(`took ${Math.round(took)} ms`) : null;
}

async function smallest(target: Target, input: Buffer, wrong: Error): Promise<Buffer> {
  return reduced(input, async (part) => {
    const again = await mistakeOf(target, part);
    return again !== null && kindOf(again) === kindOf(wrong);
  });
}

function describe(
  { name }: Target,
  seed: number,
  { message, stack }: Error,
  input: Buffer | null,
): string {
  const head = `${name}, seed ${seed}: `;
  if (input === null) return head + message.slice(0, MOST_SAID);
  const text =
    input.length > MOST_SHOWN
      ? `${input.length} bytes, which the seed makes again`
      : JSON.stringify(input.toString("latin1"));
  return `${head}${stack}\ninput: ${text}`;
}

/** Of a mistake that was told before in full. */
const MOST_SAID = 400;
/** Longest input that is worth a look. */
const MOST_SHOWN = 10_000;

/** The first words of a message, which stay the same while the input gets smaller. */
function kindOf({ message }: Error): string {
  return message.slice(0, 24);
}

function linesIn(input: Buffer): number {
  let lines = 1;
  for (let at = input.indexOf(0x0a); at >= 0; at = input.indexOf(0x0a, at + 1)) lines += 1;
  return lines;
}
