import { spawnSync } from "node:child_process";
import { HostbleedError } from "../model/errors.ts";

/** Major and minor release of strace. */
export type StraceVersion = readonly [major: number, minor: number];

/** A strace that can be run. */
export interface StraceProgram {
  readonly path: string;
  /** Null for a build that does not say: it is taken for a new one. */
  readonly version: StraceVersion | null;
}

/** 4.17 (May 2017) is the first with `%file` and with the `?` that makes an unknown call's name harmless. */
const OLDEST: StraceVersion = [4, 17];

/**
 * The strace of this machine.
 * @throws HostbleedError `strace-missing`, `strace-too-old`
 */
export function findStrace(env: NodeJS.ProcessEnv, name = "strace"): StraceProgram {
  const { stdout, error } = spawnSync(name, ["-V"], { encoding: "utf8", env });
  if (error !== undefined) {
    if (process.platform !== "linux")
      throw new HostbleedError(
        "strace-missing",
        `strace needs Linux, and this is ${process.platform}`,
        "run hostbleed in the container or machine that builds, or check a log from there",
      );
    throw new HostbleedError("strace-missing", `no ${name} in PATH`);
  }
  const version = versionIn(stdout);
  if (version !== null && !reaches(version, OLDEST))
    throw new HostbleedError(
      "strace-too-old",
      `${name} is version ${version.join(".")}, and ${OLDEST.join(".")} is needed`,
    );
  return { path: name, version };
}

/** Whether a version is at least `since`. */
export function reaches(version: StraceVersion | null, since: StraceVersion): boolean {
  if (version === null || version[0] > since[0]) return true;
  return version[0] === since[0] && version[1] >= since[1];
}

/** `strace -- version 6.1` says 6.1; git builds say `6.1.0.21.5b1c` or `UNKNOWN`. */
export function versionIn(text: string): StraceVersion | null {
  const found = /version (\d+)\.(\d+)/.exec(text);
  return found === null ? null : [Number(found[1]), Number(found[2])];
}
