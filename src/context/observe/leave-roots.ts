import type { ByteString } from "../../model/byte-string.ts";
import { below, isWithin } from "../../model/path.ts";
import { type PathTable, UNKNOWN_PATH } from "../../model/path-table.ts";
import type { PathClasses } from "./path-classes.ts";

/** When the log is over, what lies in these roots is called as it was called there. */
export function leaveRoots(
  { paths, classes }: { readonly paths: PathTable; readonly classes: PathClasses },
  roots: readonly ByteString[],
): void {
  if (roots.length === 0) return;
  for (let id = 1; id < paths.size; id++) {
    const path = paths.text(id);
    const root = roots.find((each) => isWithin(path, each));
    const inside = root === undefined ? path : below(path, root);
    if (inside === path) continue;
    const other = paths.find(inside);
    if (other !== UNKNOWN_PATH && classes.seen(id) === true) classes.exists(other);
    paths.rename(id, inside);
  }
}
