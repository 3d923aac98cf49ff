import { OPEN_FLAG } from "../model/access.ts";
import { type PathId, type PathTable, UNKNOWN_PATH } from "../model/path-table.ts";
import type { Syscall } from "../model/syscall.ts";
import type { CallRow, Effect } from "./calls.ts";
import { CLONE, cloneFlags, namespaceFlags, openMode } from "./flags.ts";
import type { CallMemo } from "./memo.ts";
import { Mounts } from "./mounts.ts";
import type { Population } from "./population.ts";
import type { Resolver } from "./resolver.ts";
import { mount, pivotRoot, symlink } from "./sandbox.ts";
import { release } from "./sharing.ts";
import { nothingSeen } from "./sight.ts";
import type { Seen, Task } from "./task.ts";

/** What effects work on. */
export interface World {
  readonly paths: PathTable;
  readonly resolver: Resolver;
  readonly population: Population;
  /** True when lines come in the order of their calls' starts, and not of what happened. */
  byStart: boolean;
}

/** Changes the state of `task` by a call that succeeded. */
type Apply = (
  world: World,
  task: Task,
  call: Syscall,
  seen: Seen,
  row: CallRow,
  memo: CallMemo,
) => void;

/** What each effect does once its call has returned. Closing and exec have parts of their own elsewhere. */
export const EFFECTS: Readonly<Partial<Record<Effect, Apply>>> = {
  open: (world, task, call, seen, _, { mode: { bits } }) => {
    if (call.result === null) return;
    const said = call.resultPath;
    const path = said === null ? seen.path : task.folder.mounts.annotated(world.paths.intern(said));
    const unnamed = (bits & OPEN_FLAG.tmpfile) === OPEN_FLAG.tmpfile && call.resultPath === null;
    const cloexec = (bits & OPEN_FLAG.cloexec) !== 0;
    openFd(world, task, call.result, unnamed ? UNKNOWN_PATH : path, cloexec);
  },
  "make-fd": (world, task, call) => makeFd(world, task, call.result, call.resultPath),
  "make-fds": (world, task, call) => {
    for (const made of call.made ?? []) {
      if (typeof made.fd === "number") makeFd(world, task, made.fd, made.path);
    }
  },
  receive: (_, task, call) => {
    // SCM_RIGHTS brings descriptors from other processes.
    if (!call.text.includes("SCM_RIGHTS")) return;
    const received = /cmsg_data=\[([^\]]*)\]/.exec(call.args.join(", "))?.[1] ?? "";
    for (const fd of received.matchAll(/(?:^|, )(\d+)/g)) task.files.forget(Number(fd[1]));
  },
  dup: (world, task, call) => {
    const from = call.fd?.fd;
    if (call.result === null || typeof from !== "number" || from === call.result) return;
    const closeOnExec = copiesCloseOnExec(call);
    const path = task.files.path(from, task);
    if (call.name === "dup") openFd(world, task, call.result, path, false);
    else task.files.place(call.result, path, closeOnExec);
  },
  fcntl: (world, task, call) => {
    const from = call.fd?.fd;
    if (call.result === null || typeof from !== "number" || call.flags === undefined) return;
    const command = fcntlCommand(call.flags);
    if (command === "duplicate") duplicate(world, task, from, call.result, false);
    else if (command === "duplicate-cloexec") duplicate(world, task, from, call.result, true);
    else if (command === "set") task.files.setCloseOnExec(from, setsCloseOnExec(call));
  },
  "close-range": (_, task, call) => {
    const [first = "", last = "", flags = ""] = call.args;
    // With -y, 7.x annotates the first.
    const from = Number(/^\d+/.exec(first)?.[0]);
    const to = last.startsWith("-") || last === "~0U" ? Number.MAX_SAFE_INTEGER : Number(last);
    if (!Number.isInteger(from) || !Number.isInteger(to)) return task.files.clear();
    const raw = Number(/^0x[0-9a-f]+/.exec(flags)?.[0] ?? 0);
    if (flags.includes("UNSHARE") || (raw & 2) !== 0) unshareFiles(task);
    task.files.closeRange(from, to, flags.includes("CLOEXEC") || (raw & 4) !== 0);
  },
  chdir: (_, task, __, seen) => task.folder.enter(seen.path),
  fchdir: (_, task, __, seen) => task.folder.enter(seen.fdPath),
  getcwd: (world, task, call) => {
    const said = call.out;
    if (!said || said.truncated) return;
    if (!said.bytes.startsWith("/")) {
      // "(unreachable)/x": outside of the root.
      task.folder.learn(UNKNOWN_PATH);
      return;
    }
    // After a chroot the kernel answers below the root.
    const below = world.paths.intern(said.bytes);
    const { root, mounts } = task.folder;
    task.folder.learn(mounts.follow(world.resolver.resolve(root, UNKNOWN_PATH, below)));
  },
  chroot: (_, task, __, seen) => {
    task.folder.root = seen.path;
  },
  "pivot-root": pivotRoot,
  mount,
  symlink,
  unshare: (_, task, call) => {
    const flags = namespaceFlags(call.flags ?? "");
    if (flags & (CLONE.fs | CLONE.newNamespace)) unshareFolder(task);
    if (flags & CLONE.newNamespace) task.folder.mounts = task.folder.mounts.copy();
    if (flags & CLONE.files) unshareFiles(task);
  },
  setns: (world, task, call) => {
    if (!(namespaceFlags(call.flags ?? "") & CLONE.newNamespace)) return;
    unshareFolder(task);
    task.folder.enter(UNKNOWN_PATH);
    task.folder.root = world.resolver.root;
    task.folder.mounts = new Mounts(world.paths);
  },
  fork: (world, task, call) => {
    const pid = call.resultPid ?? call.result;
    if (pid === null || pid <= 0) return;
    world.population.born(task, pid, cloneFlags(call), call.line, call.endLine);
  },
};

/** Forgets what a call may have changed whose outcome the log does not show. */
export function forgetOutcome(
  world: World,
  task: Task,
  call: Syscall,
  row: CallRow,
  memo: CallMemo,
): void {
  switch (row.effect) {
    case "chdir":
    case "fchdir":
    case "setns":
    case "pivot-root":
      task.folder.enter(UNKNOWN_PATH);
      break;
    case "chroot":
      task.folder.root = UNKNOWN_PATH;
      break;
    case "dup": {
      // dup2 and dup3 say where they put it.
      const onto = Number(/^\d+/.exec(call.args[1] ?? "")?.[0]);
      if (Number.isInteger(onto)) task.files.forget(onto);
      break;
    }
    case "close-range":
      EFFECTS["close-range"]?.(world, task, call, nothingSeen(), row, memo);
      break;
    case "fcntl":
      if (typeof call.fd?.fd === "number" && fcntlCommand(call.flags ?? "") === "set") {
        task.files.forget(call.fd.fd);
      }
      break;
    default:
  }
}

/** Closes what a close names. */
export function closeFd(task: Task, call: Syscall): void {
  if (typeof call.fd?.fd === "number") task.files.close(call.fd.fd, task);
}

/** True for a call whose result can be a new descriptor. */
export function makesFd({ effect }: CallRow): boolean {
  return effect === "open" || effect === "make-fd" || effect === "dup" || effect === "fcntl";
}

function makeFd(world: World, task: Task, fd: number | null, path: string | null): void {
  if (fd === null) return;
  openFd(world, task, fd, path === null ? UNKNOWN_PATH : world.paths.intern(path), false);
}

function duplicate(world: World, task: Task, from: number, to: number, cloexec: boolean): void {
  openFd(world, task, to, task.files.path(from, task), cloexec);
}

/** The kernel gave `fd`, which was free. */
function openFd(world: World, task: Task, fd: number, path: PathId, cloexec: boolean): void {
  if (world.byStart) task.files.openEarly(fd, path, cloexec, task);
  else task.files.place(fd, path, cloexec);
}

/** True for the F_SETFD that sets FD_CLOEXEC, and does not clear it. */
export function setsCloseOnExec({ args }: Syscall): boolean {
  const value = args[2] ?? "";
  return value.includes("FD_CLOEXEC") || /^0x1$|^1$/.test(value);
}

/** True for the dup3 or fcntl whose copy is closed by an exec. */
export function copiesCloseOnExec({ flags, name }: Syscall): boolean {
  if (flags === undefined) return false;
  return name.startsWith("fcntl")
    ? fcntlCommand(flags) === "duplicate-cloexec"
    : openMode(flags).bits === OPEN_FLAG.cloexec;
}

/** F_DUPFD is 0, F_SETFD 2, F_DUPFD_CLOEXEC 1030: -X raw shows the numbers. */
export function fcntlCommand(text: string): "duplicate" | "duplicate-cloexec" | "set" | null {
  if (text.startsWith("F_DUPFD_CLOEXEC") || text.startsWith("0x406")) return "duplicate-cloexec";
  if (text.startsWith("F_DUPFD") || /^(?:0x)?0(?: |$)/.test(text)) return "duplicate";
  if (text.startsWith("F_SETFD") || /^(?:0x)?2(?: |$)/.test(text)) return "set";
  return null;
}

function unshareFolder(task: Task): void {
  const folder = task.folder.copy();
  const { files } = task;
  files.users += 1;
  release(task);
  task.folder = folder;
  if (task.tracee.tasks.size === 1) task.tracee.moveTo(folder);
}

function unshareFiles(task: Task): void {
  const files = task.files.copy();
  const { folder } = task;
  folder.users += 1;
  release(task);
  task.files = files;
}
