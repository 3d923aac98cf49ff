import type { ByteString } from "../../model/byte-string.ts";
import { below, isWithin } from "../../model/path.ts";
import { machineOfLoader, machineOfTriple } from "../names/machines.ts";
import { placeOf } from "../names/places.ts";
import type { Observer } from "../observe/observer.ts";
import { hostOf } from "./host.ts";
import type { GivenLayout } from "./inference.ts";

/**
 * Roots in which the build itself ran, as in schroot, mock or a container: what lies there is the build host's, and
 * called as if there were no other. The target's own tree may be made a root too; nobody compiles for it in there, but
 * with compilers of its own machine.
 */
export function buildRootsOf(given: GivenLayout, observer: Observer): readonly ByteString[] {
  const { roots } = observer.classes;
  if (roots.length === 0) return [];
  const host = machineOfTriple(given.host ?? hostOf(observer));
  const used = new Set<ByteString>();
  for (const actor of observer.actors.all)
    if (actor.role === "compiler" || actor.role === "linker")
      used.add(observer.paths.text(actor.first.root));
  return roots.filter((root) => {
    if (!used.has(root) || placeOf(`${root}/usr`)?.zone === "sysroot") return false;
    if (given.sysroots.some((sysroot) => sysroot === root || isWithin(root, sysroot))) return false;
    const machines = [...observer.features.libcs.keys()]
      .filter((libc) => isWithin(libc, root))
      .map(machineOfLibc);
    return machines.every((machine) => machine === null || machine === host);
  });
}

/** What was given by its name outside of these roots, by the one that it has inside. */
export function seenFrom(roots: readonly ByteString[], given: GivenLayout): GivenLayout {
  const inside = (paths: readonly ByteString[]) =>
    paths.map((path) => below(path, roots.find((root) => isWithin(path, root)) ?? "/"));
  return {
    ...given,
    sysroots: inside(given.sysroots),
    nativeSysroots: inside(given.nativeSysroots),
    toolchains: inside(given.toolchains),
    buildDirs: inside(given.buildDirs),
  };
}

function machineOfLibc(libc: ByteString) {
  const triple = /\/lib\/([^/]+-linux-[^/]+)\/libc\.so\.6$/.exec(libc)?.[1];
  return triple === undefined ? machineOfLoader(libc) : machineOfTriple(triple);
}
