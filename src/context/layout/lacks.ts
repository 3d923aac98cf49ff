import type { Lack } from "../../model/report.ts";
import type { LogFeatures } from "../observe/log-features.ts";

/** What a log does not hold, from what it was seen to hold. */
export function lacksOf(features: LogFeatures): readonly Lack[] {
  const shown: Readonly<Record<Lack, boolean>> = {
    pids: features.showsPids,
    execve: features.showsExecs,
    arguments: features.showsArguments && !features.argumentsCut,
    environment: features.showsEnvironment,
    "fd-paths": features.showsFdPaths,
    fork: features.showsForks,
    cwd: features.firstCwd !== 0,
    content: features.showsContent,
  };
  return (Object.keys(shown) as Lack[]).filter((lack) => !shown[lack]);
}
