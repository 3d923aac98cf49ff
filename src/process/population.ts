import type { Tracee } from "../model/tracee.ts";
import type { BirthPlaces } from "./birth-places.ts";
import { MOST_ALIVE, quietest, weightOf } from "./crowd.ts";
import { EarlyChildren } from "./early-children.ts";
import { FdTable } from "./fd-table.ts";
import type { Folder } from "./folder.ts";
import { LiveTracee, type ProgramImage, UNSEEN_IMAGE } from "./live-tracee.ts";
import type { PopulationListener } from "./population-listener.ts";
import { inherit, release } from "./sharing.ts";
import { Task } from "./task.ts";

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
  /** Where a process is of which nothing is known. */
  readonly #home: Folder;
  readonly #places: BirthPlaces | null;
  readonly #tasks: Map<number, Task> = new Map();
  /** Tasks that strace has written of: a child that its parent's fork named counts for labels only then. */
  readonly #shown: Set<Task> = new Set();
  readonly #leaving: Set<Task> = new Set();
  readonly #forking: Set<Task> = new Set();
  /** Pids that forks and attach messages announced. */
  readonly #announced: Set<number> = new Set();
  /** Forks that are known before they return, by child. */
  readonly #foretold: Map<number, Birth> = new Map();
  #anonymous: Task | null = null;
  #firstPid: number | null = null;
  #births = 0;
  #alive = 0;
  readonly #early: EarlyChildren = new EarlyChildren();
  /** Not null when lines come out of order: pids whose folder may change at any time. */
  #restless: ReadonlySet<number> | null = null;

  constructor(listener: PopulationListener, home: Folder, places: BirthPlaces | null) {
    this.#listener = listener;
    this.#home = home;
    this.#places = places;
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

  get size(): number {
    return this.#tasks.size;
  }

  *all(): IterableIterator<Task> {
    if (this.#anonymous) yield this.#anonymous;
    yield* this.#tasks.values();
  }

  /** The task of a pid that is known, lines of which are seen now; null where one would have to be made. */
  present(pid: number): Task | null {
    const task = this.#tasks.get(pid);
    if (task === undefined) return null;
    if (this.#shown.has(task)) task.tracee.heard = this.#births;
    else this.#shown.add(task);
    return task;
  }

  /** The task of a line; null when it could be any of several. */
  find(pid: number | null, line: number): Task | null {
    if (pid === null) return this.#findUnlabelled(line);
    const task = this.present(pid) ?? this.#adopt(pid) ?? this.#appear(pid, line);
    this.#shown.add(task);
    return task;
  }

  /** The task that makes a call: one that had left before has given its pid to a new process. */
  caller(pid: number | null, line: number): Task | null {
    const task = this.find(pid, line);
    if (!task?.left || pid === null) return task;
    this.end(task, null, line);
    return this.find(pid, line);
  }

  /** The first, unlabelled task, if it is inside of the call that began at `line`. */
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

  /** strace says that it traces `pid` from now on: lines without a label are anyone's. */
  announce(pid: number, line: number): void {
    const first = this.#tasks.size === 0 && this.#announced.size === 0 && !this.#anonymous;
    this.#announced.add(pid);
    if (!first) this.find(pid, line);
  }

  /** `task` is inside of a fork (null: with unknown flags), or no longer (undefined). */
  setForking(task: Task, flags: number | null | undefined): void {
    task.forking = flags;
    if (flags === undefined) this.#forking.delete(task);
    else this.#forking.add(task);
  }

  /** A fork of `parent`, begun at `forkLine`, returned `pid`. */
  born(parent: Task, pid: number, flags: number | null, forkLine: number, line: number): void {
    this.#places?.sawFork();
    const known = this.#tasks.get(pid);
    const hadCome = this.#early.hadCome(pid, forkLine);
    if (hadCome && !known) return;
    this.#announced.add(pid);
    if (hadCome || known?.isFoundling) return;
    if (known) this.end(known, null, line);
    this.#fork(parent, pid, flags, line);
  }

  /** Puts a new program into `task`: all other threads of its process are gone. */
  exec(task: Task, image: ProgramImage, line: number): void {
    const files = task.files.afterExec();
    task.folder.users += 1;
    release(task);
    task.files = files;
    this.#replace(task, image, "exec", line);
  }

  /** A program was replaced, unseen: nothing is known of the new one. */
  replaceUnseen(task: Task, line: number): void {
    this.#replace(task, UNSEEN_IMAGE, "unknown", line);
  }

  /** The thread `by` takes the pid of its process' leader, which is gone. */
  supersede(pid: number, by: number, line: number): void {
    const task = this.find(by, line);
    if (!task || by === pid) return;
    const leader = this.#tasks.get(pid);
    if (leader && leader !== task) this.end(leader, null, line);
    this.#tasks.delete(by);
    task.pid = pid;
    this.#tasks.set(pid, task);
  }

  end(task: Task, status: number | null, line: number): void {
    this.#remove(task);
    if (task.tracee.tasks.size > 0) return;
    this.#alive -= task.tracee.weight;
    this.#listener.ended(task.tracee, status, line);
  }

  /** `task` called exit or exit_group; strace may or may not write another line for it. */
  leave(task: Task, wholeGroup: boolean, line: number): void {
    task.left = true;
    for (const other of wholeGroup ? task.tracee.tasks : [task]) {
      other.leaving = true;
      this.#leaving.add(other);
    }
    for (const oldest of this.#leaving) {
      if (this.#leaving.size <= MOST_LEAVING) break;
      this.end(oldest, null, line);
    }
  }

  #findUnlabelled(line: number): Task | null {
    if (!this.#anonymous && this.#tasks.size === 0) return this.#first(line);
    const [one, two] = this.#shown;
    if (one && !two) return one;
    let found: Task | null = null;
    for (const task of this.#shown) {
      if (task.leaving) continue;
      if (found) return null;
      found = task;
    }
    return found;
  }

  #first(line: number): Task {
    const [attached, more] = this.#announced;
    const pid = this.#firstPid ?? (more === undefined ? attached : undefined) ?? null;
    this.#firstPid = null;
    if (pid !== null && this.#announced.has(pid)) return this.#appear(pid, line);
    const task = this.#newTask(pid, line);
    if (pid === null) this.#anonymous = task;
    return task;
  }

  /** The first task, when a label shows that cannot be anyone else's. */
  #adopt(pid: number): Task | null {
    const task = this.#anonymous;
    if (!task || task.forking !== undefined) return null;
    if (this.#announced.has(pid) || this.#foretold.has(pid)) return null;
    this.name(task, pid);
    return task;
  }

  #appear(pid: number, line: number): Task {
    const birth = this.#foretold.get(pid);
    this.#foretold.delete(pid);
    const parent =
      birth?.parent == null ? birth && this.#findUnlabelled(line) : this.#tasks.get(birth.parent);
    const [only, more] = this.#forking;
    // Else the one task that is inside of a fork now must be its maker.
    const maker = parent ?? (more ? undefined : only);
    if (maker === undefined) return this.#newTask(pid, line);
    this.#early.showed(pid, parent ? Number.POSITIVE_INFINITY : line);
    return this.#fork(maker, pid, (parent ? birth?.flags : maker.forking) ?? null, line);
  }

  #newTask(pid: number | null, line: number): Task {
    // Neither one that strace attached to, nor one whose lines are in a file of its own.
    const made = pid !== null && !this.#announced.has(pid) && this.#restless === null;
    const likely = made ? this.#places?.folderAmong(this.all(), this.size) : null;
    const folder = likely ?? this.#home.copy();
    const origin = { pid, generation: 0, parent: null, born: "unknown", line } as const;
    const tracee = new LiveTracee(origin, UNSEEN_IMAGE, folder);
    const task = new Task(pid, tracee, folder, new FdTable(), false);
    this.#shown.add(task);
    if (pid !== null) this.#tasks.set(pid, task);
    this.#start(tracee, line);
    return task;
  }

  #fork(parent: Task, pid: number, flags: number | null, line: number): Task {
    const { folder, files, thread } = inherit(parent, flags, this.#restless !== null);
    if (this.#restless?.has(pid) && parent.pid !== null && this.#restless.has(parent.pid)) {
      parent.folder.unsettle();
      folder.unsettle();
    }
    const origin = { pid, generation: 0, parent: parent.tracee, born: "fork", line } as const;
    const tracee = thread ? parent.tracee : new LiveTracee(origin, parent.tracee, folder);
    const task = new Task(pid, tracee, folder, files, true);
    this.#tasks.set(pid, task);
    if (!thread) this.#start(tracee, line);
    return task;
  }

  #start(tracee: LiveTracee, line: number): void {
    this.#births += 1;
    this.#alive += tracee.weight;
    tracee.heard = this.#births;
    this.#listener.started(tracee);
    this.#thin(line);
  }

  #thin(line: number): void {
    if (this.#alive <= MOST_ALIVE) return;
    const quiet = [...quietest(this.#tasks.values())];
    for (const { tasks } of quiet) for (const task of [...tasks]) this.end(task, null, line);
    this.#listener.forgotten(quiet.length);
  }

  #replace(task: Task, image: ProgramImage, born: Tracee["born"], line: number): void {
    const old = task.tracee;
    for (const other of old.tasks) if (other !== task) this.#remove(other);
    this.#listener.ended(old, null, line);
    old.tasks.delete(task);
    const generation = old.generation + 1;
    const origin = { pid: task.pid, generation, parent: old, born, line };
    task.tracee = new LiveTracee(origin, image, task.folder);
    task.tracee.heard = this.#births;
    task.tracee.weight = weightOf(image.argv);
    this.#alive += task.tracee.weight - old.weight;
    task.tracee.tasks.add(task);
    this.#listener.started(task.tracee);
    this.#thin(line);
  }

  #remove(task: Task): void {
    if (task === this.#anonymous) this.#anonymous = null;
    if (task.pid !== null && this.#tasks.get(task.pid) === task) {
      this.#tasks.delete(task.pid);
      this.#announced.delete(task.pid);
    }
    this.#shown.delete(task);
    this.#leaving.delete(task);
    this.#forking.delete(task);
    release(task);
    task.tracee.tasks.delete(task);
  }
}
