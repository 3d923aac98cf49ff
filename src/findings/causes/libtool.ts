import type { Leak } from "../../model/leak.ts";

/** True for a .la file that libtool linked with: the libraries that it names follow from it. */
export function isLibtoolArchive({ facts: { path, use } }: Leak): boolean {
  return use === "link" && path.endsWith(".la");
}
