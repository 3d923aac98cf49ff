import { scannerModule } from "../strace/fast/scanner-module.ts";
import { checkLanes, checkPipeline } from "./log-targets.ts";
import { hostileLog, logsAtHand } from "./logs.ts";
import { packTarget } from "./packs.ts";
import type { Scratch } from "./scratch.ts";
import { fileTargets } from "./settings.ts";
import type { Target } from "./target.ts";

/** All that is fuzzed. Seeds of both targets of logs make the same logs. */
export async function allTargets(scratch: Scratch): Promise<readonly Target[]> {
  const module = await scannerModule();
  const real = logsAtHand();
  const make = (seed: number, lines: number): Buffer => hostileLog(real, seed, lines);
  return [
    { name: "lanes", unit: "lines", make, check: async (log) => checkLanes(module, log) },
    { name: "pipeline", unit: "lines", make, check: checkPipeline },
    packTarget(scratch),
    ...fileTargets(scratch),
  ];
}
