import type { Leak } from "../../model/leak.ts";
import type { PathId } from "../../model/path-table.ts";
import type { Work } from "../../model/sighting.ts";
import type { BuildContext } from "../build-context.ts";
import { crateWorks } from "./crates.ts";
import { madeFrom, type WorkGraph, workGraph } from "./graph.ts";
import { foremost, isWay, type Rank, rankOf } from "./products.ts";

/** Steps that all searches together may take; then the rest is left to the groups' other findings. */
const MOST_STEPS = 20_000_000;
/**
 * For each leak the products that it reached: from the works that took it in, through what they wrote, to those
 * who read that, and so on. Final products first, and no more than a reader takes in.
 */
export function taintsOf(
  leaks: readonly Leak[],
  context: BuildContext,
): ReadonlyMap<Leak, readonly string[]> {
  const graph = workGraph(new Set(leaks.flatMap(({ sightings }) => [...sightings])), context);
  const crates = crateWorks(graph, context);
  const search: Search = {
    graph,
    context,
    steps: 0,
    known: new Map(),
    numbers: new Map(),
    ranks: new Map(),
  };
  const taints = new Map<Leak, readonly string[]>();
  for (const leak of leaks) {
    if (leak.facts.rejected) continue;
    const seeds = new Set<Work>();
    const copies: PathId[] = [];
    for (const sighting of leak.sightings) {
      if (sighting.copies.length > 0) copies.push(...sighting.copies);
      else for (const work of graph.consumers.get(sighting) ?? []) seeds.add(work);
      for (const work of crates(sighting.tracee)) seeds.add(work);
    }
    taints.set(leak, copies.length > 0 ? copied(copies, context) : reach(seeds, search));
  }
  return taints;
}

interface Search {
  readonly graph: WorkGraph;
  readonly context: BuildContext;
  steps: number;
  /** Headers that come together have the same readers: what these reached, by their numbers. */
  readonly known: Map<string, readonly string[]>;
  readonly numbers: Map<Work, number>;
  readonly ranks: Map<PathId, Rank | null>;
}

function copied(copies: readonly PathId[], { paths }: BuildContext): readonly string[] {
  return foremost(
    copies.map((copy) => {
      const path = paths.text(copy);
      return { path, rank: rankOf(path), distance: 0, last: true };
    }),
  );
}

function reach(seeds: ReadonlySet<Work>, search: Search): readonly string[] {
  if (seeds.size === 0 || search.steps > MOST_STEPS) return [];
  const key = [...seeds]
    .map((seed) => numberOf(seed, search))
    .sort((a, b) => a - b)
    .join();
  const known = search.known.get(key);
  if (known !== undefined) return known;
  const products = spread(seeds, search);
  search.known.set(key, products);
  return products;
}

function numberOf(work: Work, { numbers }: Search): number {
  let number = numbers.get(work);
  if (number === undefined) {
    number = numbers.size;
    numbers.set(work, number);
  }
  return number;
}

/** Breadth first, so that the first way to a file is the shortest. */
function spread(seeds: ReadonlySet<Work>, search: Search): readonly string[] {
  const { graph, context } = search;
  const distances = new Map<PathId, number>();
  const visited = new Map<Work, Set<PathId>>();
  let front: Taint[] = [...seeds].map((work) => ({ work, input: 0 }));
  for (let distance = 0; front.length > 0 && search.steps <= MOST_STEPS; distance++) {
    const next: Taint[] = [];
    for (const { work, input } of front) {
      if (!isNew(visited, work, input)) continue;
      const outputs = graph.outputs.get(work) ?? NO_OUTPUTS;
      const made = input === 0 ? outputs : madeFrom(work, input, outputs, context);
      for (const path of made) if (!distances.has(path)) distances.set(path, distance);
      const readings = graph.readers.get(work) ?? [];
      search.steps += made.size + readings.length;
      // What is not among its outputs any more was written over or removed since, and read before that.
      for (const { path, by } of readings)
        if (made.has(path) || !outputs.has(path)) next.push({ work: by, input: path });
    }
    front = next;
  }
  return foremost(
    [...distances].flatMap(([id, distance]) => {
      const rank = rankIn(search, id);
      const last = !graph.read.has(id);
      return rank === null ? [] : [{ path: context.paths.text(id), rank, distance, last }];
    }),
  );
}

/** What kind of product a file is; null for one that leaks only pass through. */
function rankIn({ ranks, context }: Search, id: PathId): Rank | null {
  let rank = ranks.get(id);
  if (rank === undefined) {
    const path = context.paths.text(id);
    rank = isWay(path) ? null : rankOf(path);
    ranks.set(id, rank);
  }
  return rank;
}

/** A work that took in a tainted file; 0 for one that took in the leak itself. */
interface Taint {
  readonly work: Work;
  readonly input: PathId;
}

const NO_OUTPUTS: ReadonlySet<PathId> = new Set();

/** Only a copier is entered once for each of its inputs: what others make is made from all of them. */
function isNew(visited: Map<Work, Set<PathId>>, work: Work, input: PathId): boolean {
  const key = work.actor.role === "copier" ? input : 0;
  const inputs = visited.get(work);
  if (inputs === undefined) visited.set(work, new Set([key]));
  else if (inputs.has(key)) return false;
  else inputs.add(key);
  return true;
}
