import type { Rule } from "../model/rule.ts";
import type { Paint } from "../report/paint.ts";
import { printable } from "../report/printable.ts";
import { wrap } from "../report/words.ts";
import { type RulePack, situation } from "../rules/index.ts";

const COLUMNS = 80;

/** A rule as people read it: what, when, why, what to do, and situations that it is for and is not for. */
export function* ruleLines(rule: Rule, pack: RulePack, paint: Paint): Iterable<string> {
  yield `${paint.strong(printable(rule.id))}  ${levelOf(rule, paint)}`;
  yield `  ${printable(rule.title)}`;
  yield "";
  yield* labelled("Why", rule.why);
  yield* labelled("Fix", rule.fix);
  if (rule.causes.length > 0) yield* labelled("Variables", rule.causes.join(", "));
  for (const [at, link] of rule.see.entries())
    yield `${at === 0 ? label("See") : label("")}${printable(link)}`;
  yield "";
  yield `  Matches when all of this holds (in ${printable(pack.source)})`;
  for (const [name, value] of Object.entries(rule.when))
    yield `    ${name.padEnd(14)}${[value]
      .flat()
      .map((each) => printable(String(each)))
      .join(" | ")}`;
  const examples = pack.examples.filter((example) => example.rule === rule.id);
  if (examples.length === 0) return;
  yield "";
  yield "  Examples";
  for (const example of examples) {
    const because = example.because === null ? "" : `: ${printable(example.because)}`;
    const sign =
      example.expect === "match" ? paint.error("✗ speaks for  ") : paint.good("✓ silent for  ");
    yield `    ${sign}${printable(situation(example))}${paint.faint(because)}`;
  }
}

/** `error`, `suspect warning`, `allowed`. */
export function levelOf({ verdict, severity }: Rule, paint: Paint): string {
  if (verdict === "allowed") return paint.good("allowed");
  return paint[severity](verdict === "leak" ? severity : `${verdict} ${severity}`);
}

/** A label and a paragraph beside it. */
export function* labelled(name: string, text: string): Iterable<string> {
  const lines = text
    .trim()
    .split("\n")
    .flatMap((line) => wrap(line, COLUMNS - LABEL));
  for (const [at, line] of lines.entries()) yield label(at === 0 ? name : "") + printable(line);
}

function label(name: string): string {
  return `  ${name}`.padEnd(LABEL);
}

const LABEL = 13;
