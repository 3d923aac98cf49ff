import { fromText } from "../../model/byte-string.ts";
import type { Leak } from "../../model/leak.ts";
import { isWithin } from "../../model/path.ts";
import type { BuildContext } from "../build-context.ts";
import type { Diagnosis } from "../causes/diagnosis.ts";
import { lineageOf, requesterOf } from "../causes/lineage.ts";
import { culpritOf } from "../culprit.ts";
import { foremost, isWay, type Reached, rankOf } from "./products.ts";

/**
 * What the answers of a misled tool reached. It writes no file itself, so the products are those of the leaks that
 * followed from it; where none did, what was linked in the folder that was configured by its answer.
 */
export function answeredTaints(
  diagnoses: ReadonlyMap<Leak, Diagnosis>,
  taints: ReadonlyMap<Leak, readonly string[]>,
  context: BuildContext,
): (leak: Leak, diagnosis: Diagnosis) => readonly string[] {
  const byKey = new Map<string, Set<string>>();
  for (const [leak, { key }] of diagnoses) {
    const products = taints.get(leak) ?? [];
    const others = byKey.get(key);
    if (others === undefined) byKey.set(key, new Set(products));
    else for (const product of products) others.add(product);
  }
  const known = new Map<string, readonly string[]>();
  return (leak, { key }) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const followed = [...(byKey.get(key) ?? [])].map((product, distance): Reached => {
      const path = fromText(product);
      return { path, rank: rankOf(path), distance, last: true };
    });
    const reached = followed.length > 0 ? followed : configuredBy(leak, context);
    const products = foremost(reached);
    known.set(key, products);
    return products;
  };
}

/** Final products linked in the working folder of whoever asked; paths are numbered as the log goes on. */
function configuredBy(leak: Leak, context: BuildContext): readonly Reached[] {
  const asker = requesterOf(lineageOf(culpritOf(leak)));
  const folder = asker === null ? "" : context.paths.text(asker.cwd);
  if (folder === "" || folder === "/") return [];
  const reached: Reached[] = [];
  for (const [id, { actor }] of context.products()) {
    if (id < leak.sightings[0].path || context.sideOf(actor) === "host") continue;
    const path = context.paths.text(id);
    if (!isWithin(path, folder) || isWay(path) || rankOf(path) !== "final") continue;
    if (actor.role === "linker") reached.push({ path, rank: "final", distance: 1, last: true });
  }
  return reached;
}
