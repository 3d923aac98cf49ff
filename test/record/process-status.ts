import { existsSync, readFileSync } from "node:fs";

/** A field of a process's status; null when it is gone. */
export function statusOf(pid: number | undefined, field: string): string | null {
  if (!existsSync(`/proc/${pid}/status`)) return null;
  const status = readFileSync(`/proc/${pid}/status`, "latin1");
  return new RegExp(`^${field}:\\s*(\\S+)`, "m").exec(status)?.[1] ?? null;
}

/** Whether a process does anything: one that nobody has waited for yet does not. */
export function alive(pid: number): boolean {
  const state = statusOf(pid, "State");
  return state !== null && state !== "Z";
}
