import type { Actor } from "../../model/actor.ts";
import { hasOtherLibc } from "../names/machines.ts";
import { isSystems } from "../names/places.ts";

/** Far enough to meet the driver of a compiler, or a build script: a hostile log nests a hundred thousand programs. */
export const MOST_STEPS = 64;

/** Roles that look into a sysroot whenever they have one. */
export const USES_SYSROOT: ReadonlySet<string> = new Set(["compiler", "libclang", "linker"]);

/** Roles, and tools without one, that start drivers and never what those start. */
const LAUNCHES: ReadonlySet<string> = new Set([
  "shell",
  "interpreter",
  "cmake",
  "meson",
  "configure",
]);
const LAUNCHERS = /^(?:g?make|ninja|samu|s?ccache|distcc|env)$/;

/** Where a distribution has its own compilers and linkers. */
const SYSTEM_TOOL = /^\/usr\/(?:local\/)?(?:bin|lib(?:64|exec)?\/gcc)\//;

/** True for what only a driver runs: cc1 and its like. */
export function isCompilerProper({ tool }: Actor): boolean {
  return !tool.driver && /^(?:cc1|f951|gnat1|d21|lto1|collect2)/.test(tool.name);
}

/** True for what only a driver runs, and something else seems to have run. `isGuessed` where parents are guesses. */
export function lacksDriver({ parent, program }: Actor, isGuessed: boolean): boolean {
  if (parent === null) return false;
  if (parent.program === null) return parent.parent !== null;
  if (LAUNCHES.has(parent.role) || LAUNCHERS.test(parent.tool.name)) return true;
  // The system's compiler below a toolchain's own driver is another driver's.
  return isGuessed && SYSTEM_TOOL.test(program ?? "") && !isSystems(parent.program);
}

/**
 * True for a system's compiler or linker below a driver from elsewhere. Where parents are guesses, it is more likely
 * another's child than borrowed.
 */
export function seemsBorrowed({ role, program, parent }: Actor): boolean {
  if (!isSystems(program) || (!USES_SYSROOT.has(role) && role !== "assembler")) return false;
  let at = parent;
  for (let step = 0; at !== null && step < MOST_STEPS; step++, at = at.parent) {
    if (!USES_SYSROOT.has(at.role)) return false;
    if (!isSystems(at.program)) return true;
  }
  return false;
}

/** The rustc that a compiler or linker links for, through wrappers and drivers; null for what no rustc called. */
export function rustcOf(actor: Actor): Actor | null {
  for (let at = actor.parent; at !== null; at = at.parent) {
    if (at.role === "rustc") return at;
    if (at.role !== "shell" && at.role !== "other" && !USES_SYSROOT.has(at.role)) break;
  }
  return null;
}

/** Yocto's recipes for the SDK's machine: `work/x86_64-nativesdk-pokysdk-linux/` has x86_64-pokysdk-linux's compilers. */
const SDK_RECIPE = /\/work\/([^/]+)-nativesdk-([^/]+)\/.*\/recipe-sysroot-native\//;

/** True for a compiler or linker for the machine of an SDK that this build makes, which has a sysroot of its own. */
export function makesSdk(actor: Actor): boolean {
  let at: Actor | null = actor;
  for (let step = 0; at !== null && step < MOST_STEPS; step++, at = at.parent) {
    if (!USES_SYSROOT.has(at.role) && at.role !== "assembler") return false;
    if (!at.tool.driver) continue;
    const recipe = SDK_RECIPE.exec(at.program ?? "");
    return recipe !== null && at.tool.triple === `${recipe[1]}-${recipe[2]}`;
  }
  return false;
}

/** True for a driver that has the target's triple in front of its name, or asks for another C library than the host's. */
export function isTargetsDriver(
  { tool, evidence: { triple } }: Actor,
  target: string | null,
  host: string,
): boolean {
  if (!tool.driver) return false;
  return tool.triple === target || (triple !== null && hasOtherLibc(triple, host));
}
