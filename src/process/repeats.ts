import { OPEN_FLAG, type ProcessListener } from "../model/access.ts";
import { type PathId, UNKNOWN_PATH } from "../model/path-table.ts";
import type { Syscall } from "../model/syscall.ts";
import { ENDED } from "../model/syscall-sink.ts";
import type { CallRow } from "./calls.ts";
import type { World } from "./effects.ts";
import type { LoaderWatch } from "./loader-watch.ts";
import type { CallMemo } from "./memo.ts";
import type { Task } from "./task.ts";
import { ANNOTATED, CWD, DO, EMPTY_PATH, KINDS, NOTE, noteText } from "./text-notes.ts";
import type { Trust } from "./trust.ts";

/**
 * Does what calls do whose text came before, by the numbers that were noted of it: the same as the
 * {@link ProcessModel} does with the whole call, for the calls that most of a log is made of. What has more to it
 * is left to that one, untouched.
 */
export class Repeats {
  readonly #world: World;
  readonly #trust: Trust;
  readonly #loaders: LoaderWatch;
  readonly #listener: ProcessListener;
  readonly #lenient: boolean;
  #pid = 0;
  /** The task of that pid, once it is known to be in no state that a call could end. */
  #task: Task | null = null;

  constructor(
    world: World,
    trust: Trust,
    loaders: LoaderWatch,
    listener: ProcessListener,
    lenient: boolean,
  ) {
    this.#world = world;
    this.#trust = trust;
    this.#loaders = loaders;
    this.#listener = listener;
    this.#lenient = lenient;
  }

  turnTo(pid: number): void {
    this.#pid = pid;
    this.#task = null;
  }

  /** Something happened that may have changed the task. */
  stir(): void {
    this.#task = null;
  }

  note(call: Syscall, row: CallRow, memo: CallMemo, notes: Int32Array, at: number): void {
    const { noticed, called } = this.#listener;
    // Whoever wants each call gets it, and a cautious model counts them.
    if (!this.#lenient || this.#world.byStart || !noticed || called) return;
    noteText(call, row, memo, notes, at);
  }

  repeated(notes: Int32Array, at: number, result: number, ended: number): boolean {
    const task = this.#task ?? this.#settle();
    if (task === null) return false;
    switch (notes[at]) {
      case DO.nothingAwaited:
        if (this.#listener.awaits?.(task.tracee) !== false) return false;
        this.#learnFd(task, notes, at);
        return true;
      case DO.nothing:
        this.#learnFd(task, notes, at);
        return true;
      case DO.open:
        return this.#open(task, notes, at, result, ended);
      case DO.look:
        return this.#notice(task, notes, at, this.#pathOf(task, notes, at), ended);
      case DO.close:
        task.files.close(notes[at + NOTE.fd] ?? 0, task);
        return true;
      default:
        return this.#change(task, notes, at, result, ended);
    }
  }

  #open(task: Task, notes: Int32Array, at: number, result: number, ended: number): boolean {
    const path = this.#pathOf(task, notes, at);
    if (!this.#loaders.ignores(task.tracee, path)) return false;
    if (!this.#notice(task, notes, at, path, ended)) return false;
    if (ended < ENDED.done) return true;
    const closeOnExec = ((notes[at + NOTE.bits] ?? 0) & OPEN_FLAG.cloexec) !== 0;
    task.files.place(result, ended === ENDED.done ? path : ended, closeOnExec);
    return true;
  }

  /** The rarer calls on descriptors: they change nothing when they fail. */
  #change(task: Task, notes: Int32Array, at: number, result: number, ended: number): boolean {
    const { files } = task;
    const closeOnExec = ((notes[at + NOTE.bits] ?? 0) & OPEN_FLAG.cloexec) !== 0;
    const fd = notes[at + NOTE.fd] ?? 0;
    const what = notes[at];
    if (what === DO.duplicate || what === DO.closeOnExec) this.#learnFd(task, notes, at);
    if (ended < ENDED.done) return true;
    switch (what) {
      case DO.make:
        files.place(result, ended, false);
        return true;
      case DO.makeTwo:
        files.place(fd, UNKNOWN_PATH, false);
        files.place(notes[at + NOTE.fd2] ?? 0, UNKNOWN_PATH, false);
        return true;
      case DO.duplicate:
        if (fd !== result) files.place(result, files.path(fd, task), closeOnExec);
        return true;
      case DO.closeOnExec:
        files.setCloseOnExec(fd, closeOnExec);
        return true;
      default:
        return false;
    }
  }

  #notice(task: Task, notes: Int32Array, at: number, path: PathId, ended: number): boolean {
    const kind = KINDS[notes[at + NOTE.kind] ?? 0] ?? "probe";
    const bits = (notes[at + NOTE.bits] ?? 0) & (ANNOTATED - 1);
    const outcome = ended >= ENDED.done ? "done" : ended === ENDED.missing ? "missing" : "failed";
    const real = ended > ENDED.done ? ended : UNKNOWN_PATH;
    return this.#listener.noticed?.(task.tracee, kind, path, real, bits, outcome) === true;
  }

  /** Where the noted path is, for this task now; what annotations say is learnt on the way. */
  #pathOf(task: Task, notes: Int32Array, at: number): PathId {
    const bits = notes[at + NOTE.bits] ?? 0;
    const absolute = notes[at + NOTE.absolute] ?? 0;
    if (absolute !== UNKNOWN_PATH && (bits & ANNOTATED) === 0) return absolute;
    const base = this.#base(task, notes, at);
    if (absolute !== UNKNOWN_PATH) return absolute;
    if ((bits & EMPTY_PATH) !== 0) return base;
    const { resolver } = this.#world;
    return resolver.resolve(resolver.root, base, notes[at + NOTE.requested] ?? 0);
  }

  #base(task: Task, notes: Int32Array, at: number): PathId {
    const fd = notes[at + NOTE.fd] ?? 0;
    const annotated = ((notes[at + NOTE.bits] ?? 0) & ANNOTATED) !== 0;
    const said = notes[at + NOTE.said] ?? 0;
    if (fd !== CWD) {
      if (!annotated) return task.files.path(fd, task);
      task.files.learn(fd, said);
      return said;
    }
    if (!annotated) return task.folder.cwd;
    task.folder.learn(said);
    return said;
  }

  #learnFd(task: Task, notes: Int32Array, at: number): void {
    if (((notes[at + NOTE.bits] ?? 0) & ANNOTATED) === 0) return;
    task.files.learn(notes[at + NOTE.fd] ?? 0, notes[at + NOTE.said] ?? 0);
  }

  #settle(): Task | null {
    const task = this.#world.population.shown(this.#pid);
    if (!task || task.left || task.inside || task.replacing || task.forking !== undefined)
      return null;
    if (this.#trust.isLost || task.folder.root !== this.#world.resolver.root) return null;
    this.#task = task;
    return task;
  }
}
