import type { Lineage } from "./lineage.ts";

/**
 * The names by which one crate's build script takes a variable for its target alone: pkg-config-rs, cc-rs and
 * bindgen read `NAME_aarch64-unknown-linux-gnu`, `NAME_aarch64_unknown_linux_gnu` and `TARGET_NAME` before NAME.
 */
export function spellingsOf(
  name: string,
  lineage: Lineage,
  target: string | null,
): readonly string[] {
  const triples = new Set<string>();
  for (const { environment } of lineage)
    for (const variable of ["TARGET", "CARGO_BUILD_TARGET"]) {
      const triple = environment?.variables?.get(variable);
      if (triple !== undefined) triples.add(triple);
    }
  if (target !== null) triples.add(target);
  const forms = [...triples].flatMap((triple) => [
    `${name}_${triple}`,
    `${name}_${triple.replaceAll("-", "_")}`,
  ]);
  return [...forms, `TARGET_${name}`];
}
