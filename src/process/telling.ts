import type {
  Access,
  AccessKind,
  Mapping,
  Outcome,
  ProcessListener,
  Transfer,
} from "../model/access.ts";
import type { ByteString } from "../model/byte-string.ts";
import type { Mutable } from "../model/mutable.ts";
import { type PathId, type PathTable, UNKNOWN_PATH } from "../model/path-table.ts";
import type { Syscall } from "../model/syscall.ts";
import type { Tracee } from "../model/tracee.ts";
import type { CallRow } from "./calls.ts";
import type { CallMemo } from "./memo.ts";
import type { Seen, Task } from "./task.ts";

/** How a call ended, as far as the log tells. */
export function outcomeOf(call: Syscall): Outcome {
  if (call.result === null) return "unknown";
  if (call.errno !== null) return call.errno === "ENOENT" ? "missing" : "failed";
  // Addresses that mmap returns can be negative as numbers go; errors are small.
  return call.result < 0 && call.result > -4096 ? "failed" : "done";
}

/** A call that was done, and by whom. */
export interface Told {
  readonly task: Task;
  readonly call: Syscall;
  readonly row: CallRow;
  readonly seen: Seen;
  readonly memo: CallMemo;
  readonly outcome: Outcome;
}

/** Tells `listener` of what a call was to it: an access to a path, content that moved, or a mapping. */
export function tell(listener: ProcessListener, paths: PathTable, told: Told): void {
  const { task, call, row, seen, memo, outcome } = told;
  if (memo.kind !== null) {
    listener.accessed?.(describeAccess(paths, told, memo.kind));
  } else if (outcome !== "done") {
    return;
  } else if (row.effect === "transfer") {
    const transfer = describeTransfer(task, call, seen);
    if (transfer) listener.transferred?.(transfer);
  } else if (row.effect === "map") {
    const mapping = describeMapping(task, call, seen, memo);
    if (mapping) listener.mapped?.(mapping);
  }
}

function describeAccess(
  paths: PathTable,
  { task, call, row, seen, memo, outcome }: Told,
  kind: AccessKind,
): Access {
  const opened = row.effect === "open";
  return {
    tracee: task.tracee,
    kind,
    outcome,
    path: seen.path,
    real: call.resultPath === null ? UNKNOWN_PATH : realPath(paths, task, call.resultPath),
    requested: seen.requested,
    to: seen.to,
    // What lies where in a namespace of its own, paths tell from then on.
    target: kind === "mount" && task.folder.mounts.isOwn ? null : targetOf(call, outcome),
    openFlags: memo.mode.bits,
    fd: opened && outcome === "done" ? (call.result ?? -1) : -1,
    line: call.line,
  };
}

function realPath(paths: PathTable, { folder }: Task, said: ByteString): PathId {
  return folder.mounts.annotated(paths.intern(said));
}

/** Describes the content that a read or write moved; null when the log does not show it. */
function describeTransfer(task: Task, call: Syscall, seen: Seen): Transfer | null {
  const fd = call.fd?.fd;
  const { content } = call;
  if (typeof fd !== "number" || !showsContent(call)) return null;
  return {
    tracee: task.tracee,
    direction: call.name.includes("read") ? "read" : "write",
    fd,
    path: seen.fdPath,
    content: content?.bytes ?? "",
    truncated: content?.truncated ?? true,
    size: call.size ?? null,
    line: call.line,
  };
}

/** True for a read, write or copy of which more is known than that it was made. */
export function showsContent({ content, name }: Syscall): boolean {
  return content !== undefined || IN_KERNEL.test(name);
}

/** Copies that show no content. */
const IN_KERNEL = /^(?:sendfile|copy_file_range)/;

/** Describes a file that was mapped; null for memory that is no file's. */
function describeMapping(
  task: Task,
  call: Syscall,
  seen: Seen,
  { denyWrite, executable }: CallMemo,
): Mapping | null {
  const fd = call.fd?.fd;
  if (typeof fd !== "number" || fd < 0) return null;
  return {
    tracee: task.tracee,
    fd,
    path: seen.fdPath,
    denyWrite,
    executable,
    line: call.line,
  };
}

function targetOf(call: Syscall, outcome: Outcome): string | null {
  if (call.target) return call.target.bytes;
  if (call.address !== undefined) return call.address;
  // What -s left of a link's text leads elsewhere.
  return outcome === "done" && call.out?.truncated === false ? call.out.bytes : null;
}

/** An access of which nothing is known yet. */
export function blankAccess(tracee: Tracee): Mutable<Access> {
  return {
    tracee,
    kind: "probe",
    outcome: "done",
    path: UNKNOWN_PATH,
    real: UNKNOWN_PATH,
    requested: UNKNOWN_PATH,
    to: UNKNOWN_PATH,
    target: null,
    openFlags: 0,
    fd: -1,
    line: 0,
  };
}
