import { dirname, join } from "node:path";
import { clue, type Detector, textOf } from "./clue.ts";

/** cargo's target: the environment, `build.target`, or the `[target.…]` tables of `.cargo/config.toml` here and above. */
export const cargo: Detector = ({ cwd, env }) => {
  const clues = [...clue("target", env.CARGO_BUILD_TARGET, "CARGO_BUILD_TARGET")];
  for (let at = cwd; ; at = dirname(at)) {
    const text = textOf(join(at, ".cargo/config.toml")) || textOf(join(at, ".cargo/config"));
    const built = /^\s*\[build\][^[]*?^\s*target\s*=\s*\[?\s*["']([^"']+)["']/ms.exec(text)?.[1];
    const tables = [...text.matchAll(/^\s*\[target\.["']?([\w.-]+?)["']?\]/gm)];
    for (const target of [built, ...tables.map((table) => table[1])])
      clues.push(...clue("target", target, ".cargo/config.toml"));
    if (at === dirname(at)) return clues;
  }
};
