import { type GivenLayout, inferLayout } from "../context/layout/inference.ts";
import { type Layout, Zones } from "../context/layout/zones.ts";
import { artifactOf } from "../context/names/artifacts.ts";
import { Observer } from "../context/observe/observer.ts";
import { fromText, toText } from "../model/byte-string.ts";
import {
  type Artifact,
  type Facts,
  isForeign,
  type Side,
  type Use,
  type Zone,
} from "../model/facts.ts";
import { mergeUsr } from "../model/path.ts";
import { PathTable } from "../model/path-table.ts";
import type { Rule } from "../model/rule.ts";
import { type Paint, plainPaint } from "../report/paint.ts";
import { printable } from "../report/printable.ts";
import { exampleFacts } from "../rules/example-facts.ts";
import { compile, type RulePack } from "../rules/index.ts";
import { labelled, levelOf } from "./rule-text.ts";

/** A situation that somebody asks about. */
export interface PathQuestion {
  readonly path: string;
  readonly program: string | undefined;
  readonly side: Side;
  readonly use: Use | undefined;
  readonly given: GivenLayout;
}

/** How it would be judged. */
export interface PathAnswer {
  readonly facts: Facts;
  /** Every rule that matches: the first speaks. Empty where the zone alone settles it. */
  readonly rules: readonly Rule[];
  /** True when nobody said which program it is. */
  readonly guessed: boolean;
}

/** Judges one path as if one program had opened it. */
export function judgePath(question: PathQuestion, packs: readonly RulePack[]): PathAnswer {
  const { side, use, given } = question;
  const layout = layoutOf(given);
  const path = mergeUsr(fromText(question.path));
  const zones = new Zones(layout);
  const artifact = artifactOf(path);
  const facts = exampleFacts(
    {
      path: question.path,
      program: question.program ?? TYPICAL_PROGRAM[artifact],
      zone: zones.zoneOf(path),
      side,
      use,
      artifact,
      targetTriple: zones.hasTargetTriple(path),
      sameMachine: layout.targetMachine === layout.hostMachine,
    },
    worldOf(layout),
  );
  return {
    facts: { ...facts, path },
    rules: isForeign(facts.zone) ? compile(packs).explain({ ...facts, path }) : [],
    guessed: question.program === undefined,
  };
}

/** The answer as lines: what it is, which rule speaks, which ones would have spoken after it. */
export function* pathLines({ facts, rules, guessed }: PathAnswer, paint: Paint): Iterable<string> {
  yield paint.strong(printable(toText(facts.path)));
  yield* labelled("Zone", facts.zone);
  yield* labelled("Kind", facts.artifact);
  const role = facts.role === "other" || facts.role === "unknown" ? "" : ` (${facts.role})`;
  const guess = guessed ? "; --program says another" : "";
  yield* labelled("Program", `${facts.program}${role}, working for the ${facts.side}${guess}`);
  yield* labelled("Use", facts.use);
  yield "";
  const [speaker, ...others] = rules;
  if (speaker === undefined) {
    const why = INNOCENT[facts.zone] ?? "no rule has anything to say of it";
    yield `${paint.good("no leak")}: ${why}`;
    return;
  }
  yield `${levelOf(speaker, paint)}: ${printable(speaker.title)}  ${paint.faint(printable(speaker.id))}`;
  yield* labelled("Why", speaker.why);
  if (speaker.verdict !== "allowed") yield* labelled("Fix", speaker.fix);
  for (const [at, rule] of others.entries())
    yield* labelled(
      at === 0 ? "After it" : "",
      `${rule.id}, ${levelOf(rule, plainPaint)}: ${rule.title}`,
    );
}

/** Why a file of any other zone is no leak, whatever it is used for. */
const INNOCENT: Readonly<Partial<Record<Zone, string>>> = {
  sysroot: "it lies in the sysroot, which is the target's own",
  toolchain: "it lies in the toolchain, which is the target's own",
  build: "it lies in the build folder; only what the host's compiler made there is a leak",
  source: "it lies in none of the host's folders",
  temporary: "it lies in a temporary folder, so the build made it",
  kernel: "it is the kernel's, not a file of the host",
};

/** Who usually opens such a file. */
const TYPICAL_PROGRAM: Readonly<Record<Artifact, string>> = {
  header: "cc1",
  library: "ld",
  object: "ld",
  pkgconfig: "pkg-config",
  cmake: "cmake",
  program: "sh",
  config: "configure",
  network: "cargo",
  other: "cc1",
};

function layoutOf(given: GivenLayout): Layout {
  const nothing = new Observer({
    paths: new PathTable(),
    sysroots: given.sysroots,
    nativeSysroots: given.nativeSysroots,
    lineText: () => "",
    source: () => "",
  });
  return inferLayout(given, nothing).layout;
}

function worldOf(layout: Layout): Parameters<typeof exampleFacts>[1] {
  return {
    host: layout.host,
    target: layout.target ?? "unknown",
    sysroot: layout.sysroots,
    nativeSysroot: layout.nativeSysroots,
    toolchain: layout.toolchains,
    build: layout.buildDirs,
    source: [],
    home: [],
  };
}
