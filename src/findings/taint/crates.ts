import type { ByteString } from "../../model/byte-string.ts";
import { baseName } from "../../model/path.ts";
import type { Work } from "../../model/sighting.ts";
import type { Tracee } from "../../model/tracee.ts";
import type { BuildContext } from "../build-context.ts";
import type { WorkGraph } from "./graph.ts";

const NOTHING: readonly Work[] = [];

/**
 * Finds the compilation of a crate from a process below its build script: what the script learnt reaches rustc
 * through a pipe to cargo, so that only the names tie them (`build/openssl-sys-<hash>/build-script-build` and
 * `deps/libopenssl_sys-<hash>.rlib`).
 */
export function crateWorks(
  { outputs }: WorkGraph,
  { paths }: BuildContext,
): (tracee: Tracee) => readonly Work[] {
  const byCrate = new Map<string, Work[]>();
  for (const [work, made] of outputs) {
    if (work.actor.role !== "rustc") continue;
    for (const crate of new Set([...made].map((path) => crateOf(paths.text(path))))) {
      if (crate === null) continue;
      const known = byCrate.get(crate);
      if (known === undefined) byCrate.set(crate, [work]);
      else known.push(work);
    }
  }
  return (tracee) => {
    const script = byCrate.size === 0 ? null : scriptAbove(tracee);
    return script === null ? NOTHING : (byCrate.get(script) ?? NOTHING);
  };
}

/** `openssl_sys` of `…/deps/libopenssl_sys-0f3a….rlib`; null for what is no crate's output. */
function crateOf(path: ByteString): string | null {
  return /\/deps\/(?:lib)?(\w+)-[0-9a-f]{16}(?:\.(?:rlib|so|a|rmeta))?$/.exec(path)?.[1] ?? null;
}

/** The crate whose build script is an ancestor, in the spelling of its library. */
function scriptAbove(tracee: Tracee): string | null {
  let steps = 0;
  for (let at: Tracee | null = tracee; at !== null && steps < MOST_STEPS; at = at.parent, steps++) {
    if (at.program === null || !/^build[-_]script[-_]/.test(baseName(at.program))) continue;
    const packaged = /\/build\/([^/]+)-[0-9a-f]{16}\/[^/]+$/.exec(at.program)?.[1];
    return packaged === undefined ? null : packaged.replaceAll("-", "_");
  }
  return null;
}

const MOST_STEPS = 256;
