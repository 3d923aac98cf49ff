import type { Syscall } from "../model/syscall.ts";
import { CALLS } from "./calls.ts";

/** True for fork, vfork and every clone. */
export function isFork(call: Syscall): boolean {
  return CALLS.get(call.name)?.effect === "fork";
}

/** The child that a fork made; null when it failed, or its end is not known. */
export function childOf(call: Syscall): number | null {
  const pid = call.resultPid ?? call.result;
  return pid !== null && pid > 0 ? pid : null;
}
