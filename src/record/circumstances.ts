import { existsSync, readFileSync } from "node:fs";
import { statusField } from "./tracees.ts";

/** What on this machine can forbid tracing. */
export interface Circumstances {
  /** Whether this process itself has a tracer. */
  readonly traced: boolean;
  /** The setting of the Yama security module, 0 to 3; null where it is not loaded. */
  readonly yamaScope: number | null;
  readonly container: boolean;
}

/** The circumstances of this process. */
export function circumstancesHere(): Circumstances {
  return {
    traced: (statusField("self", "TracerPid") ?? 0) > 0,
    yamaScope: yamaScope(),
    container: inContainer(),
  };
}

function yamaScope(): number | null {
  try {
    return Number(readFileSync("/proc/sys/kernel/yama/ptrace_scope", "latin1"));
  } catch {
    return null;
  }
}

/** Docker and Podman leave a file, Kubernetes and systemd-nspawn a variable. */
function inContainer(): boolean {
  if (existsSync("/.dockerenv") || existsSync("/run/.containerenv")) return true;
  return process.env.KUBERNETES_SERVICE_HOST !== undefined || process.env.container !== undefined;
}
