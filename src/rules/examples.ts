import type { Facts } from "../model/facts.ts";
import type { Judge, RuleId } from "../model/rule.ts";
import { compile } from "./compile.ts";
import { exampleFacts } from "./example-facts.ts";
import type { Example, ExampleTrace, RulePack, World } from "./pack.ts";

/**
 * What came of an example. `reported` and `quiet` are good; `missing`: the rule alone does not match; `noisy`: it matches
 * what it should not; `shadowed`: another rule speaks first; `untraced`: raw lines, and no pipeline to run them.
 */
export type ExampleStatus = "reported" | "quiet" | "missing" | "noisy" | "shadowed" | "untraced";

/** An example, and what came of it. */
export interface ExampleResult {
  readonly example: Example;
  readonly status: ExampleStatus;
  readonly ok: boolean;
  /** Rule that spoke instead, when shadowed. */
  readonly by: RuleId | null;
  /** One line for people, `file:line:column` first. */
  readonly text: string;
}

/** The whole pipeline up to the facts, for examples of raw lines. */
export type TraceFacts = (strace: string, world: World) => Promise<readonly Facts[]>;

/** What an example is judged among. */
export interface TestOptions {
  /** All packs of the run; the tested one is added where it is not among them. */
  readonly among?: readonly RulePack[];
  readonly trace?: TraceFacts;
}

/** Runs the examples of a pack: each with its rule alone, then among all packs. */
export async function testRulePack(
  pack: RulePack,
  { among = [], trace }: TestOptions = {},
): Promise<readonly ExampleResult[]> {
  const all = compile([pack, ...among.filter(({ name }) => name !== pack.name)]);
  const alone = new Map(pack.rules.map((rule) => [rule.id, compile([{ ...pack, rules: [rule] }])]));
  const results: ExampleResult[] = [];
  for (const example of pack.examples) {
    const facts = await factsOf(example, pack.world, trace);
    const judge = alone.get(example.rule);
    const [status, by] = facts && judge ? statusOf(example, facts, judge, all) : UNTRACED;
    results.push({
      example,
      status,
      ok: GOOD.has(status),
      by,
      text: line(pack, example, status, by),
    });
  }
  return results;
}

const GOOD: ReadonlySet<ExampleStatus> = new Set(["reported", "quiet", "untraced"]);
const UNTRACED: Outcome = ["untraced", null];
type Outcome = readonly [ExampleStatus, RuleId | null];

async function factsOf(
  { given }: Example,
  world: World,
  trace: TraceFacts | undefined,
): Promise<readonly Facts[] | undefined> {
  return "strace" in given ? trace?.(wholeTrace(given), world) : [exampleFacts(given, world)];
}

/** The lines of an example, with the exec that its author left out. */
function wholeTrace({ strace, program }: ExampleTrace): string {
  if (program === undefined) return strace;
  const pid = /^\s*\d+ +/.exec(strace)?.[0] ?? "";
  return `${pid}execve("/usr/bin/${program}", ["${program}"], 0x7ffd /* 1 var */) = 0\n${strace}`;
}

function statusOf(example: Example, facts: readonly Facts[], alone: Judge, all: Judge): Outcome {
  const hits = facts.filter((each) => alone.judge(each).rule !== null);
  if (example.expect === "no-match") return [hits.length > 0 ? "noisy" : "quiet", null];
  if (hits.length === 0) return ["missing", null];
  const speakers = hits.map((hit) => all.judge(hit).rule?.id ?? null);
  if (speakers.includes(example.rule)) return ["reported", null];
  return ["shadowed", speakers[0] ?? null];
}

function line(pack: RulePack, example: Example, status: ExampleStatus, by: RuleId | null): string {
  const place = `${pack.source}:${example.line}:${example.column}`;
  return `${place}: ${example.rule}: ${status}${by ? ` by ${by}` : ""} (${situation(example)})`;
}

/** An example in a few words: `cc1 /usr/include/zlib.h`. */
export function situation({ given }: Example): string {
  if ("strace" in given) return given.strace.trim().split("\n")[0] ?? "";
  const { path, ...others } = given;
  return [...Object.values(others).flat().map(String), path].join(" ");
}
