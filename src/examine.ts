import { factsOf } from "./context/facts/facts-of.ts";
import { Scene } from "./context/facts/scene.ts";
import { buildRootsOf } from "./context/layout/build-roots.ts";
import { NO_DISK } from "./context/layout/expected.ts";
import { type GivenLayout, inferLayout } from "./context/layout/inference.ts";
import { isWatched } from "./context/names/variables.ts";
import { leaveRoots } from "./context/observe/leave-roots.ts";
import { Observer } from "./context/observe/observer.ts";
import type { Facts } from "./model/facts.ts";
import { PathTable } from "./model/path-table.ts";
import { JUDGED_CALLS } from "./process/calls.ts";
import { ProcessModel } from "./process/model.ts";
import { StraceParser } from "./strace/parser.ts";

/** The facts of a short trace, without rules and without the machine's disk: what a rule pack's raw examples are judged by. */
export function examine(strace: string, given: GivenLayout): readonly Facts[] {
  const paths = new PathTable();
  const observer = new Observer({
    paths,
    sysroots: given.sysroots,
    nativeSysroots: given.nativeSysroots,
    lineText: () => "",
    source: () => "example",
  });
  const model = new ProcessModel({ paths, listener: observer, watches: isWatched, lenient: true });
  const parser = new StraceParser({ sink: model, signatures: JUDGED_CALLS, pid: null });
  parser.write(Buffer.from(strace));
  parser.end();
  observer.end();
  leaveRoots(observer, buildRootsOf(given, observer));
  const scene = new Scene(observer, inferLayout(given, observer).layout, NO_DISK);
  return [...observer.sightings.all()].flatMap((sighting) => factsOf(sighting, scene) ?? []);
}
