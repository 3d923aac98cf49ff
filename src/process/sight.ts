import type { PathTable } from "../model/path-table.ts";
import { type PathId, UNKNOWN_PATH } from "../model/path-table.ts";
import type { FdArgument, StringArgument, Syscall } from "../model/syscall.ts";
import type { CallRow } from "./calls.ts";
import { allowsEmptyPath, openMode } from "./flags.ts";
import type { CallMemo } from "./memo.ts";
import type { Resolver } from "./resolver.ts";
import type { Seen, Task } from "./task.ts";
import type { Trust } from "./trust.ts";

/** A {@link Seen} that nothing is known of. */
export function nothingSeen(): Seen {
  return {
    line: 0,
    path: UNKNOWN_PATH,
    requested: UNKNOWN_PATH,
    to: UNKNOWN_PATH,
    fdPath: UNKNOWN_PATH,
    base: UNKNOWN_PATH,
    baseTo: UNKNOWN_PATH,
  };
}

/** Works out the paths of a call, as its tracee sees them at this moment. */
export class Sight {
  readonly #paths: PathTable;
  readonly #resolver: Resolver;
  readonly #trust: Trust;

  constructor(paths: PathTable, resolver: Resolver, trust: Trust) {
    this.#paths = paths;
    this.#resolver = resolver;
    this.#trust = trust;
  }

  /** Fills `seen` for a call of `task`; null: it may be of any task, and only absolute paths are sure. */
  look(call: Syscall, row: CallRow, memo: CallMemo, task: Task | null, seen: Seen): void {
    seen.line = call.line;
    seen.path = UNKNOWN_PATH;
    seen.requested = UNKNOWN_PATH;
    seen.to = UNKNOWN_PATH;
    seen.fdPath = UNKNOWN_PATH;
    if (row.fd !== undefined && call.fd) seen.fdPath = this.#pathOfFd(task, call.fd, memo.fdPath);
    if (row.path !== undefined || row.address !== undefined) {
      seen.base = this.#base(task, call.dirfd, row.dirfd !== undefined, memo.dirfdPath);
    }
    if (row.path2 !== undefined) {
      const folder = call.dirfd2?.path ?? null;
      const folderPath = folder === null ? UNKNOWN_PATH : this.#paths.intern(folder);
      seen.baseTo = this.#base(task, call.dirfd2, row.dirfd2 !== undefined, folderPath);
    }
    this.complete(call, row, memo, task, seen);
  }

  /** Adds what the first half of a call did not show yet: its flags decide what an empty path means. */
  complete(call: Syscall, row: CallRow, memo: CallMemo, task: Task | null, seen: Seen): void {
    if (seen.path === UNKNOWN_PATH && (row.path !== undefined || row.address !== undefined)) {
      if (call.path) {
        seen.requested = memo.requested;
        seen.path = this.#resolve(task, seen.base, call.path, memo.requested, memo, call, row);
      } else if (row.nullable && row.path !== undefined && call.args[row.path] === "NULL") {
        seen.path = seen.base;
      }
    }
    if (seen.to === UNKNOWN_PATH && call.path2 && call.path2.bytes !== "") {
      seen.to = this.#resolve(task, seen.baseTo, call.path2, memo.requestedTo, null, call, row);
    }
  }

  #resolve(
    task: Task | null,
    base: PathId,
    path: StringArgument,
    requested: PathId,
    memo: CallMemo | null,
    call: Syscall,
    row: CallRow,
  ): PathId {
    if (path.truncated) return UNKNOWN_PATH;
    if (path.bytes === "") {
      return row.flags !== undefined && allowsEmptyPath(call.flags) ? base : UNKNOWN_PATH;
    }
    if (call.name === "openat2" && call.flags && openMode(call.flags).inRoot) {
      const within = this.#resolver.within(base, requested);
      return task?.folder.mounts.follow(within) ?? within;
    }
    const root = task?.folder.root ?? this.#resolver.root;
    const known = root === this.#resolver.root ? (memo?.absolute ?? UNKNOWN_PATH) : UNKNOWN_PATH;
    const whole = known === UNKNOWN_PATH ? this.#resolver.resolve(root, base, requested) : known;
    return task?.folder.mounts.follow(whole) ?? whole;
  }

  /** Where a relative path begins. */
  #base(
    task: Task | null,
    dirfd: FdArgument | undefined,
    needsDirfd: boolean,
    said: PathId,
  ): PathId {
    if (!needsDirfd) return this.#cwd(task);
    if (!dirfd) return UNKNOWN_PATH;
    return dirfd.fd === "cwd"
      ? this.#annotatedCwd(task, dirfd, said)
      : this.#pathOfFd(task, dirfd, said);
  }

  #cwd(task: Task | null): PathId {
    return task && this.#trust.inFolders ? task.folder.cwd : UNKNOWN_PATH;
  }

  #annotatedCwd(task: Task | null, dirfd: FdArgument, said: PathId): PathId {
    if (!dirfd.annotated) return this.#cwd(task);
    const cwd = task?.folder.mounts.annotated(said) ?? said;
    task?.folder.learn(cwd);
    return cwd;
  }

  /** `said`: the path of its annotation. */
  #pathOfFd(task: Task | null, argument: FdArgument, said: PathId): PathId {
    const fd = argument.fd;
    if (argument.annotated) {
      const path = task?.folder.mounts.annotated(said) ?? said;
      if (task && typeof fd === "number") task.files.learn(fd, path);
      return path;
    }
    if (!task || typeof fd !== "number" || !this.#trust.inFds) return UNKNOWN_PATH;
    return task.files.path(fd, task);
  }
}

/** The path that a call names, or that its descriptor is open on. */
export function resolvedOf(row: CallRow, seen: Seen): PathId {
  return row.path === undefined && row.address === undefined ? seen.fdPath : seen.path;
}
