import { factsOf } from "./context/facts/facts-of.ts";
import { Scene } from "./context/facts/scene.ts";
import { buildRootsOf, seenFrom } from "./context/layout/build-roots.ts";
import { hasCounterpart } from "./context/layout/expected.ts";
import { type Inferred, inferLayout } from "./context/layout/inference.ts";
import { lacksOf } from "./context/layout/lacks.ts";
import { chainOf } from "./context/observe/actors.ts";
import { leaveRoots } from "./context/observe/leave-roots.ts";
import type { Observer } from "./context/observe/observer.ts";
import { diskBelow } from "./disk.ts";
import { collectLeaks, type Judged } from "./findings/collect.ts";
import { type BuildContext, describeLeaks, explainLeaks } from "./findings/explain.ts";
import { PrintedFlags } from "./findings/printed-flags.ts";
import { undecidedOf } from "./findings/undecided.ts";
import { advised } from "./fix/advice.ts";
import type { InspectOptions } from "./inspect-options.ts";
import { type ByteString, fromText, toText } from "./model/byte-string.ts";
import type {
  BuildDescription,
  Finding,
  Group,
  RuleDescription,
  Undecided,
} from "./model/report.ts";
import type { Judge, Rule } from "./model/rule.ts";

/** The answer to one build, as far as its trace was read. */
export interface Judgements {
  readonly findings: readonly Finding[];
  readonly groups: readonly Group[];
  readonly allowed: readonly Finding[];
  readonly rules: readonly RuleDescription[];
  readonly build: BuildDescription;
  readonly undecided: readonly Undecided[];
}

/**
 * Judges all that was observed: layout, facts, rules, findings, in this order. A null `printed` leaves causes and
 * products out, for a glance while the trace is still being read.
 */
export function judgeBuild(
  observer: Observer,
  judge: Judge,
  options: InspectOptions,
  printed: PrintedFlags | null,
): Judgements {
  const given = givenLayout(options);
  const roots = printed === null ? [] : buildRootsOf(given, observer);
  leaveRoots(observer, roots);
  const inferred = inferLayout(seenFrom(roots, given), observer);
  const { layout } = inferred;
  const scene = new Scene(observer, layout, diskBelow(layout.sysroots));
  const judged: Judged[] = [];
  const innocent: Judged[] = [];
  let undecidedSides = 0;
  for (const sighting of observer.sightings.all()) {
    const facts = factsOf(sighting, scene);
    if (facts === null) continue;
    const { rule } = judge.judge(facts);
    if (facts.side === "unknown" && rule?.verdict !== "allowed" && facts.use !== "read")
      undecidedSides++;
    if (rule === null) continue;
    (rule.verdict === "allowed" ? innocent : judged).push({ sighting, facts, rule });
  }
  const leaksOf = (list: readonly Judged[]) =>
    collectLeaks(list, (facts) => (hasCounterpart(facts) ? scene.expected(facts.path) : null));
  const context = buildContextOf(scene, printed ?? new PrintedFlags());
  const leaks = leaksOf(judged);
  const { findings, groups } =
    printed === null
      ? { findings: describeLeaks(leaks, context), groups: [] }
      : explainLeaks(leaks, context);
  const rules = describeRules(
    [...judged, ...(options.show === "allowed" ? innocent : [])].map(({ rule }) => rule),
  );
  const build = describeBuild(inferred);
  return {
    findings,
    groups: advised(groups, { findings, rules, build }),
    allowed: options.show === "allowed" ? describeLeaks(leaksOf(innocent), context) : [],
    rules,
    build,
    undecided: undecidedOf(
      {
        sides: undecidedSides,
        paths: observer.features.unknownPaths,
        forgotten: observer.features.forgotten,
        omitted: observer.sightings.omitted,
        pathsOmitted: observer.paths.omitted,
        clients: observer.handovers.clients,
        noTarget: layout.target === null && layout.sysroots.length === 0,
      },
      lacksOf(observer.features),
    ),
  };
}

function buildContextOf(scene: Scene, printed: PrintedFlags): BuildContext {
  const { observer, layout, zones, sides, paths } = scene;
  return {
    paths,
    layout,
    isBesideHosts: scene.isBesideHosts,
    zoneOf: (path) => zones.zoneOf(path),
    sideOf: (actor) => sides.sideOf(actor),
    chainOf,
    actors: () => observer.actors.all,
    linkTo: (path) => scene.linkTo(path),
    products: () => observer.provenance.sureProducts(),
    printed,
  };
}

function describeRules(rules: readonly Rule[]): readonly RuleDescription[] {
  const unique = [...new Map(rules.map((rule) => [rule.id, rule])).values()];
  return unique
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, title, why, fix, see }) => ({ id, title, why, fix, see }));
}

function describeBuild({ layout, inferred, toolchains, added }: Inferred): BuildDescription {
  const texts = (paths: readonly ByteString[]) => paths.map(toText);
  return {
    host: layout.host,
    target: layout.target,
    sysroots: texts(layout.sysroots),
    nativeSysroots: texts(layout.nativeSysroots),
    toolchains: texts(toolchains),
    buildDirs: texts(layout.buildDirs),
    inferred,
    ...(added.length > 0 ? { added: texts(added) } : {}),
  };
}

function givenLayout(options: InspectOptions): Parameters<typeof inferLayout>[0] {
  const paths = (texts: readonly string[] | undefined) => (texts ?? []).map(fromText);
  return {
    target: options.target ?? null,
    host: options.host ?? null,
    sysroots: paths(options.sysroots),
    nativeSysroots: paths(options.nativeSysroots),
    toolchains: paths(options.toolchains),
    buildDirs: paths(options.buildDirs),
  };
}
