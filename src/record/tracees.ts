import { readdirSync, readFileSync } from "node:fs";

/** Pids of the processes that `tracer` traces: also those that left its session, or whose parent is gone. */
export function traceesOf(tracer: number): readonly number[] {
  return allPids().filter((pid) => statusField(pid, "TracerPid") === tracer);
}

/** A process and all that descend from it, parents first; without us, and what we started. */
export function familyOf(root: number): readonly number[] {
  const children = new Map<number, number[]>();
  for (const pid of allPids()) {
    const parent = statusField(pid, "PPid");
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const family = [root];
  for (const pid of family)
    family.push(...(children.get(pid) ?? []).filter((child) => child !== process.pid));
  return family;
}

/** Whether a process is there and does anything: one that nobody has waited for yet does not. */
export function isAlive(pid: number): boolean {
  const state = statusWord(pid, "State");
  return state !== null && state !== "Z" && state !== "X";
}

/** Processor time that a process took so far, in ticks of 10 ms; 0 when it is gone. */
export function processorTicks(pid: number): number {
  try {
    // proc(5): utime and stime are the 14th and 15th field; the 2nd, a name in parentheses, may hold blanks.
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return Number(fields[11]) + Number(fields[12]);
  } catch {
    return 0;
  }
}

/** A process's name, at most 15 bytes; its pid when it is gone. */
export function nameOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, "utf8").trimEnd();
  } catch {
    return `${pid}`;
  }
}

/** Sends a signal to each; those that are gone by then are passed over. */
export function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // Gone since it was listed, or another user's: there is nothing that we could do.
    }
  }
}

/** A number in `/proc/PID/status`; null when the process, or the field, is not there. */
export function statusField(pid: number | "self", field: string): number | null {
  const word = statusWord(pid, field);
  return word === null ? null : Number(word);
}

function statusWord(pid: number | "self", field: string): string | null {
  try {
    const text = readFileSync(`/proc/${pid}/status`, "latin1");
    return new RegExp(`^${field}:\\s*(\\S+)`, "m").exec(text)?.[1] ?? null;
  } catch {
    return null;
  }
}

function allPids(): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}
