import { type PathId, UNKNOWN_PATH } from "../model/path-table.ts";
import { FdTable } from "./fd-table.ts";
import { CLONE } from "./flags.ts";
import { Folder, LiveTracee, type ProgramImage, type Task, Task as TaskOf, UNSEEN_IMAGE } from "./task.ts";

/** Told of tracees that come and go. */
export interface PopulationListener {
  started(tracee: LiveTracee): void;
  ended(tracee: LiveTracee, status: number | null, line: number): void;
}

interface Birth {
  readonly parent: number | null;
  readonly flags: number | null;
}

/** With -qq a process that called exit_group gets no other line; so many may wait for theirs. */
const MOST_LEAVING = 256;

/**
 * The tasks that live now. On a terminal strace labels lines only while it traces two or more, so a line
 * without a pid belongs to the first task (whose pid may show later) or to the only one left.
 */
export class Population {
  readonly #listener: PopulationListener;
  readonly #root: PathId;
  readonly #tasks: Map<number, Task> = new Map();
  /** Pids that forks and attach messages announced. */
  readonly #announced: Set<number> = new Set();
  readonly #leaving: Set<Task> = new Set();
  /** Forks that are known before they return: child to parent. */
  readonly #foretold: Map<number, Birth> = new Map();
  #anonymous: Task | null = null;
  #firstPid: number | null = null;
  /** Not null when lines come out of order: pids whose folder may change at any time. */
  #restless: ReadonlySet<number> | null = null;

  constructor(listener: PopulationListener, root: PathId) {
    this.#listener = listener;
    this.#root = root;
  }

  foretellFirst(pid: number): void {
    this.#firstPid = pid;
  }

  foretellBirth(pid: number, parent: number | null, flags: number | null): void {
    this.#foretold.set(pid, { parent, flags });
  }

  foretellDisorder(restless: ReadonlySet<number>): void {
    this.#restless = restless;
  }

  /** The task of a line; null when it could be any of several. */
  find(pid: number | null, line: number): Task | null {
    if (pid === null) return this.#findUnlabelled(line);
    const task =
      this.#tasks.get(pid) ??
      (this.#foretold.has(pid) ? null : this.#adopt(pid)) ??
      this.#appear(pid, line);
    task.shown = true;
    return task;
  }

  /** The task that is inside of the call that began at `line`, for a half line without its pid. */
  inside(line: number): Task | null {
    return this.#anonymous?.inside?.line === line ? this.#anonymous : null;
  }

  /** Gives the first task the pid that turned out to be its own. */
  name(task: Task, pid: number): void {
    if (task !== this.#anonymous || this.#tasks.has(pid)) return;
    this.#anonymous = null;
    task.pid = pid;
    task.tracee.pid = pid;
    this.#tasks.set(pid, task);
  }

  all(): IterableIterator<Task> {
    return this.#everyone();
  }

  announce(pid: number, line: number): void {
    if (this.#tasks.size === 0 && this.#announced.size === 0 && !this.#anonymous) {
      this.#announced.add(pid);
      return;
    }
    this.#announced.add(pid);
    this.find(pid, line);
  }

  /** A fork of `parent` returned `pid`. */
  born(parent: Task, pid: number, flags: number | null, forkLine: number, line: number): void {
    this.#announced.add(pid);
    const known = this.#tasks.get(pid);
    if (known && (known.hasParent ? known.firstLine >= forkLine : known.tracee.generation === 0)) {
      return;
    }
    if (known) this.end(known, null, line);
    this.#fork(parent, pid, flags, line);
  }

  /** Puts a new program into `task`: all other threads of its process are gone. */
  exec(task: Task, image: ProgramImage, line: number): void {
    const old = task.tracee;
    for (const other of [...this.#everyone()]) {
      if (other.tracee === old && other !== task) this.#remove(other);
    }
    const folder = task.folder.users > 1 ? task.folder : task.folder;
    const files = task.files.afterExec();
    this.#release(task);
    task.folder = folder;
    folder.users += 1;
    task.files = files;
    this.#listener.ended(old, null, line);
    task.tracee = new LiveTracee(
      { pid: task.pid, generation: old.generation + 1, parent: old, born: "exec", line },
      image,
      folder,
    );
    this.#listener.started(task.tracee);
  }

  /** A program was replaced, unseen: nothing is known of the new one. */
  replaceUnseen(task: Task, line: number): void {
    const old = task.tracee;
    this.#listener.ended(old, null, line);
    task.tracee = new LiveTracee(
      { pid: task.pid, generation: old.generation + 1, parent: old, born: "unknown", line },
      UNSEEN_IMAGE,
      task.folder,
    );
    this.#listener.started(task.tracee);
  }

  /** The thread `by` takes the pid of its process' leader, which is gone. */
  supersede(pid: number, by: number, line: number): void {
    const task = this.find(by, line);
    if (!task || by === pid) return;
    const leader = this.#tasks.get(pid);
    if (leader) {
      if (leader.tracee === task.tracee) this.#remove(leader);
      else this.end(leader, null, line);
    }
    this.#tasks.delete(by);
    task.pid = pid;
    this.#tasks.set(pid, task);
  }

  end(task: Task, status: number | null, line: number): void {
    this.#remove(task);
    if (task.tracee.threads === 0) this.#listener.ended(task.tracee, status, line);
  }

  /** `task` called exit or exit_group; strace may or may not write another line for it. */
  leave(task: Task, wholeGroup: boolean, line: number): void {
    for (const other of wholeGroup ? [...this.#everyone()] : [task]) {
      if (other.tracee !== task.tracee) continue;
      other.leaving = true;
      this.#leaving.add(other);
    }
    if (this.#leaving.size <= MOST_LEAVING) return;
    for (const oldest of this.#leaving) {
      this.end(oldest, null, line);
      return;
    }
  }

  #findUnlabelled(line: number): Task | null {
    if (!this.#anonymous && this.#tasks.size === 0) {
      const [only] = this.#announced;
      if (this.#announced.size === 1 && only !== undefined) return this.#appear(only, line);
      const first = this.#newTask(this.#firstPid, line);
      if (this.#firstPid === null) this.#anonymous = first;
      this.#firstPid = null;
      return first;
    }
    let found: Task | null = null;
    for (const task of this.#everyone()) {
      if (task.leaving || !task.shown) continue;
      if (found) return null;
      found = task;
    }
    return found ?? this.#onlyLeaving();
  }

  #onlyLeaving(): Task | null {
    const [task, ...more] = this.#everyone();
    return task && more.length === 0 ? task : null;
  }

  /** The first task, when a label shows that cannot be anyone else's. */
  #adopt(pid: number): Task | null {
    const task = this.#anonymous;
    if (!task || this.#announced.has(pid) || task.forking !== undefined) return null;
    this.name(task, pid);
    return task;
  }

  #appear(pid: number, line: number): Task {
    const birth = this.#foretold.get(pid);
    if (birth) {
      this.#foretold.delete(pid);
      const maker = birth.parent === null ? this.#findUnlabelled(line) : this.#tasks.get(birth.parent);
      if (maker) return this.#fork(maker, pid, birth.flags, line);
    }
    const parent = this.#onlyForking();
    if (parent) return this.#fork(parent, pid, parent.forking ?? null, line);
    return this.#newTask(pid, line);
  }

  /** The one task that is inside of a fork now: a pid that shows up is its child. */
  #onlyForking(): Task | null {
    let found: Task | null = null;
    for (const task of this.#everyone()) {
      if (task.forking === undefined) continue;
      if (found) return null;
      found = task;
    }
    return found;
  }

  #newTask(pid: number | null, line: number): Task {
    const folder = new Folder(UNKNOWN_PATH, this.#root);
    const tracee = new LiveTracee(
      { pid, generation: 0, parent: null, born: "unknown", line },
      UNSEEN_IMAGE,
      folder,
    );
    const task = new TaskOf(pid, tracee, folder, new FdTable(), line, false);
    task.shown = true;
    if (pid !== null) this.#tasks.set(pid, task);
    this.#listener.started(tracee);
    return task;
  }

  #fork(parent: Task, pid: number, flags: number | null, line: number): Task {
    const shares = (bit: number): boolean => flags !== null && (flags & bit) !== 0;
    const folder = shares(CLONE.fs) ? parent.folder : parent.folder.copy();
    const files = this.#filesFor(parent, flags);
    if (folder === parent.folder) folder.users += 1;
    if (files === parent.files) files.users += 1;
    if (flags === null) linkFolders(parent.folder, folder);
    if (this.#restless?.has(pid) && this.#restless.has(parent.pid ?? -1)) {
      parent.folder.unsettle();
      folder.unsettle();
    }
    const tracee = shares(CLONE.thread)
      ? parent.tracee
      : new LiveTracee(
          { pid, generation: 0, parent: parent.tracee, born: "fork", line },
          parent.tracee,
          folder,
        );
    const task = new TaskOf(pid, tracee, folder, files, line, true);
    this.#tasks.set(pid, task);
    if (tracee === parent.tracee) tracee.threads += 1;
    else this.#listener.started(tracee);
    return task;
  }

  #filesFor(parent: Task, flags: number | null): FdTable {
    if (flags !== null && (flags & CLONE.files) === 0) return parent.files.copy();
    if (flags !== null && this.#restless === null) return parent.files;
    // Shared, in an order that nobody knows, or shared perhaps: what one of the two opens itself is sure.
    const files = this.#restless === null ? parent.files.copy() : new FdTable();
    linkFiles(parent.files, files);
    return files;
  }

  #remove(task: Task): void {
    if (task === this.#anonymous) this.#anonymous = null;
    if (task.pid !== null && this.#tasks.get(task.pid) === task) this.#tasks.delete(task.pid);
    if (task.pid !== null) this.#announced.delete(task.pid);
    this.#leaving.delete(task);
    this.#release(task);
    task.tracee.threads -= 1;
  }

  #release(task: Task): void {
    task.folder.users -= 1;
    task.files.users -= 1;
  }

  *#everyone(): IterableIterator<Task> {
    if (this.#anonymous) yield this.#anonymous;
    yield* this.#tasks.values();
  }
}

function linkFolders(one: Folder, other: Folder): void {
  one.maybeSame = [...(one.maybeSame ?? []), other];
  other.maybeSame = [...(other.maybeSame ?? []), one];
}

function linkFiles(one: FdTable, other: FdTable): void {
  one.maybeSame = [...(one.maybeSame ?? []), other];
  other.maybeSame = [...(other.maybeSame ?? []), one];
}

