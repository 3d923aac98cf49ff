import {
  type Access,
  type AccessKind,
  type Mapping,
  OPEN_FLAG,
  type Outcome,
  type Transfer,
} from "../model/access.ts";
import { type PathTable, UNKNOWN_PATH } from "../model/path-table.ts";
import type { Syscall } from "../model/syscall.ts";
import type { CallRow } from "./calls.ts";
import { openMode } from "./flags.ts";
import type { Seen, Task } from "./task.ts";

/** How a call ended, as far as the log tells. */
export function outcomeOf(call: Syscall): Outcome {
  if (call.result === null) return "unknown";
  if (call.errno !== null) return "failed";
  // Addresses that mmap returns can be negative as numbers go; errors are small.
  return call.result < 0 && call.result > -4096 ? "failed" : "done";
}

/** What a call did with its path; null when it has none. */
export function accessKind(call: Syscall, row: CallRow): AccessKind | null {
  if (row.effect !== "open") return row.kind ?? null;
  if (call.name === "creat") return "write";
  const mode = openMode(call.flags ?? "");
  if (mode.bits & OPEN_FLAG.pathOnly) return "probe";
  if (mode.writes || mode.bits & (OPEN_FLAG.create | OPEN_FLAG.truncate)) return "write";
  return mode.bits & OPEN_FLAG.directory ? "list" : "read";
}

/** Describes the access that a call was. */
export function describeAccess(
  paths: PathTable,
  task: Task,
  call: Syscall,
  row: CallRow,
  seen: Seen,
  kind: AccessKind,
  outcome: Outcome,
): Access {
  const opened = row.effect === "open";
  return {
    tracee: task.tracee,
    kind,
    syscall: call.name,
    outcome,
    errno: call.errno,
    path: seen.path,
    real: call.resultPath === null ? UNKNOWN_PATH : paths.intern(call.resultPath),
    requested: seen.requested,
    to: seen.to,
    target: targetOf(call, outcome),
    openFlags: opened ? openBits(call) : 0,
    fd: opened && outcome === "done" ? (call.result ?? -1) : -1,
    line: call.line,
  };
}

/** Describes the content that a read or write moved; null when the log does not show it. */
export function describeTransfer(task: Task, call: Syscall, seen: Seen): Transfer | null {
  const fd = call.fd?.fd;
  const { content } = call;
  if (typeof fd !== "number" || !content) return null;
  return {
    tracee: task.tracee,
    direction: call.name.includes("read") ? "read" : "write",
    fd,
    path: seen.fdPath,
    content: content.bytes,
    truncated: content.truncated,
    size: call.size ?? null,
    line: call.line,
  };
}

const MAP_DENYWRITE = 0x800;
const PROT_EXEC = 4;

/** Describes a file that was mapped; null for memory that is no file's. */
export function describeMapping(task: Task, call: Syscall, seen: Seen): Mapping | null {
  const fd = call.fd?.fd;
  if (typeof fd !== "number" || fd < 0) return null;
  return {
    tracee: task.tracee,
    fd,
    path: seen.fdPath,
    denyWrite: hasFlag(call.flags ?? "", "MAP_DENYWRITE", MAP_DENYWRITE),
    executable: call.text.includes("PROT_EXEC") || hasFlag(call.args[2] ?? "", "EXEC", PROT_EXEC),
    line: call.line,
  };
}

function hasFlag(text: string, name: string, bit: number): boolean {
  if (text.includes(name)) return true;
  const raw = /^(?:0x[0-9a-f]+|\d+)/.exec(text)?.[0];
  return raw !== undefined && (Number(raw) & bit) !== 0;
}

function targetOf(call: Syscall, outcome: Outcome): string | null {
  if (call.target) return call.target.bytes;
  if (call.address !== undefined) return call.address;
  return outcome === "done" && call.out ? call.out.bytes : null;
}

/** creat(2) has no flags argument; it is open with O_CREAT, O_WRONLY and O_TRUNC. */
function openBits(call: Syscall): number {
  if (call.name === "creat") return OPEN_FLAG.create | OPEN_FLAG.truncate;
  return call.flags === undefined ? 0 : openMode(call.flags).bits;
}
