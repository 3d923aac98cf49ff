import type { Zone } from "../model/facts.ts";
import { isWithin } from "../model/path.ts";
import type { World } from "./pack.ts";
import type { PackFile } from "./schema.ts";

/** The world of a pack that describes none, and of what a pack's own leaves out. */
export const DEFAULT_WORLD: World = {
  host: "x86_64-linux-gnu",
  target: "aarch64-linux-gnu",
  sysroot: ["/sysroot"],
  nativeSysroot: ["/native"],
  toolchain: ["/toolchain"],
  build: ["/build"],
  source: ["/source"],
  home: ["/home", "/root"],
};

/** A pack's world, with the defaults for what it does not say. */
export function worldOf(file: PackFile["world"]): World {
  return {
    host: file?.host ?? DEFAULT_WORLD.host,
    target: file?.target ?? DEFAULT_WORLD.target,
    sysroot: several(file?.sysroot) ?? DEFAULT_WORLD.sysroot,
    nativeSysroot: several(file?.["native-sysroot"]) ?? DEFAULT_WORLD.nativeSysroot,
    toolchain: several(file?.toolchain) ?? DEFAULT_WORLD.toolchain,
    build: several(file?.build) ?? DEFAULT_WORLD.build,
    source: several(file?.source) ?? DEFAULT_WORLD.source,
    home: several(file?.home) ?? DEFAULT_WORLD.home,
  };
}

function several(folders: string | readonly string[] | undefined): readonly string[] | undefined {
  return folders === undefined ? undefined : [folders].flat();
}

/** The zone of a path in a world: that of the longest folder that holds it. */
export function zoneInWorld(path: string, world: World): Zone {
  let zone: Zone = "host";
  let longest = 0;
  for (const [candidate, folders] of zonesOf(world)) {
    for (const folder of folders) {
      if (folder.length > longest && isWithin(path, folder)) {
        zone = candidate;
        longest = folder.length;
      }
    }
  }
  return zone;
}

function zonesOf(world: World): readonly (readonly [Zone, readonly string[]])[] {
  return [
    ["sysroot", world.sysroot],
    ["native-sysroot", world.nativeSysroot],
    ["toolchain", world.toolchain],
    ["build", world.build],
    ["source", world.source],
    ["home", world.home],
    ["temporary", ["/tmp", "/var/tmp"]],
    ["kernel", ["/proc", "/sys", "/dev"]],
  ];
}
