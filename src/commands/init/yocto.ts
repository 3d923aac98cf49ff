import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { clue, type Detector, namesIn } from "./clue.ts";

/** An SDK's environment-setup script (oe-core, toolchain-scripts.bbclass), sourced in this shell. */
export const yoctoSdk: Detector = ({ env }) => {
  const from = "the SDK's environment";
  const prefix = env.TARGET_PREFIX?.replace(/-$/, "");
  const configured = /--host=(\S+)/.exec(env.CONFIGURE_FLAGS ?? "")?.[1];
  return [
    ...clue("target", prefix ?? configured, from),
    ...clue("sysroot", env.SDKTARGETSYSROOT ?? env.OECORE_TARGET_SYSROOT, from),
    ...clue("native-sysroot", env.OECORE_NATIVE_SYSROOT, from),
  ];
};

/** The work folder of a recipe: `recipe-sysroot` lies in it, or above. */
export const yoctoRecipe: Detector = ({ cwd }) => {
  const work = above(cwd).find((folder) => existsSync(join(folder, "recipe-sysroot")));
  if (work === undefined) return [];
  const from = "a recipe's work folder";
  // …/work/<machine and target>/<recipe>/<version>
  const target = /\/work\/([^/]+-linux[^/]*)\/[^/]+\/[^/]+$/.exec(work)?.[1];
  const native = join(work, "recipe-sysroot-native");
  return [
    ...clue("target", target, from),
    ...clue("sysroot", join(work, "recipe-sysroot"), from),
    ...clue("native-sysroot", existsSync(native) ? native : undefined, from),
    ...clue("build-dir", work, from),
  ];
};

/** A build folder of BitBake: `conf/bblayers.conf` lies in it. Each recipe has a sysroot of its own, so none is named. */
export const yoctoBuild: Detector = ({ cwd, env }) => {
  const build = [...above(cwd), ...(env.BUILDDIR ? [env.BUILDDIR] : [])].find((folder) =>
    existsSync(join(folder, "conf/bblayers.conf")),
  );
  if (build === undefined) return [];
  const from = "a BitBake build folder";
  const work = namesIn(build)
    .filter((name) => /^tmp(?:-|$)/.test(name))
    .flatMap((tmp) => namesIn(join(build, tmp, "work")));
  const targets = work.filter(
    (name) => /-linux/.test(name) && !/^(?:x86_64-linux$|all-|.*sdk)/.test(name),
  );
  return [
    ...targets.flatMap((target) => clue("target", target, from)),
    ...clue("build-dir", build, from),
  ];
};

function above(folder: string): readonly string[] {
  const folders = [folder];
  for (let at = folder; at !== dirname(at); at = dirname(at)) folders.push(dirname(at));
  return folders;
}
