import { Observer } from "../../src/context/observe/observer.ts";
import { PathTable } from "../../src/model/path-table.ts";

/** An observer that nobody has told anything yet. */
export function newObserver(): Observer {
  return new Observer({
    paths: new PathTable(),
    sysroots: [],
    nativeSysroots: [],
    lineText: () => "",
    source: () => "",
  });
}
