import type { Role } from "../../model/facts.ts";
import { baseName } from "../../model/path.ts";
import type { PathId } from "../../model/path-table.ts";
import type { Sighting, Work } from "../../model/sighting.ts";
import type { BuildContext } from "../build-context.ts";

/** Who wrote what and who read it, as far as it was made in the trace. */
export interface WorkGraph {
  /** Files that each work wrote last. */
  readonly outputs: ReadonlyMap<Work, ReadonlySet<PathId>>;
  /** Works that read what a work wrote, each with the file. */
  readonly readers: ReadonlyMap<Work, readonly Reading[]>;
  /** Files that somebody made something else of. */
  readonly read: ReadonlySet<PathId>;
  /** Works that took in a leak. */
  readonly consumers: ReadonlyMap<Sighting, readonly Work[]>;
}

/** A file of the trace, read by a later work. */
interface Reading {
  readonly path: PathId;
  readonly by: Work;
}

/** Programs that read and write files for others, and pass no content on: through them, all would be tainted. */
const ORCHESTRATES: ReadonlySet<string> = new Set(
  "cargo make gmake ninja samu bitbake python-bitbake scons bazel buck2 waf".split(" "),
);
/** Roles whose output runs where their code runs: for the host, it is a tool and no product. */
const MAKES_CODE: ReadonlySet<Role> = new Set([
  "compiler",
  "preprocessor",
  "assembler",
  "linker",
  "rustc",
  "archiver",
]);

/** The part of the trace's making along which the given sightings may travel. */
export function workGraph(sightings: ReadonlySet<Sighting>, context: BuildContext): WorkGraph {
  const outputs = new Map<Work, Set<PathId>>();
  for (const [path, work] of context.products()) {
    const known = outputs.get(work);
    if (known !== undefined) known.add(path);
    else if (carries(work, context)) outputs.set(work, new Set([path]));
  }
  const readers = new Map<Work, Reading[]>();
  const read = new Set<PathId>();
  const consumers = new Map<Sighting, Work[]>();
  for (const work of worksOf(outputs.keys())) {
    if (!carries(work, context)) continue;
    for (const { path, maker } of work.inputs) {
      push(readers, maker, { path, by: work });
      read.add(path);
    }
    for (const sighting of new Set(work.sightings))
      if (sightings.has(sighting)) push(consumers, sighting, work);
  }
  return { outputs, readers, read, consumers };
}

/** Works that wrote something that is still there, and those behind them whose files were written over since. */
function worksOf(last: Iterable<Work>): ReadonlySet<Work> {
  const works = new Set(last);
  for (const work of works) for (const { maker } of work.inputs) works.add(maker);
  return works;
}

function carries({ actor }: Work, context: BuildContext): boolean {
  if (ORCHESTRATES.has(actor.tool.name)) return false;
  return !MAKES_CODE.has(actor.role) || context.sideOf(actor) !== "host";
}

/** What a tainted work made of one tainted file: a copier's copy of another file is none. */
export function madeFrom(
  work: Work,
  input: PathId,
  outputs: ReadonlySet<PathId>,
  { paths }: BuildContext,
): ReadonlySet<PathId> {
  if (work.actor.role !== "copier" || outputs.size < 2) return outputs;
  const name = baseName(paths.text(input));
  const copies = [...outputs].filter((output) => baseName(paths.text(output)) === name);
  return copies.length > 0 ? new Set(copies) : outputs;
}

function push<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
