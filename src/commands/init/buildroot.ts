import { existsSync } from "node:fs";
import { join } from "node:path";
import { clue, type Detector, namesIn } from "./clue.ts";

/** Buildroot's output folder, here or below: `host/<tuple>/sysroot` is its staging folder. */
export const buildroot: Detector = ({ cwd }) =>
  [cwd, join(cwd, "output"), join(cwd, "..")].flatMap((output) => {
    const host = join(output, "host");
    const tuple = namesIn(host).find((name) => existsSync(join(host, name, "sysroot")));
    if (tuple === undefined) return [];
    const from = "Buildroot's output folder";
    return [
      ...clue("target", tuple, from),
      ...clue("sysroot", join(host, tuple, "sysroot"), from),
      ...clue("native-sysroot", host, from),
      ...clue("build-dir", join(output, "build"), from),
    ];
  });
