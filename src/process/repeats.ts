import { type Access, OPEN_FLAG, type ProcessListener } from "../model/access.ts";
import type { Mutable } from "../model/mutable.ts";
import { type PathId, UNKNOWN_PATH } from "../model/path-table.ts";
import type { Syscall } from "../model/syscall.ts";
import { ENDED, type RepeatedCall, UNTOLD, WHOLE } from "../model/syscall-sink.ts";
import type { CallRow } from "./calls.ts";
import type { World } from "./effects.ts";
import type { LikelyFolders } from "./likely-folders.ts";
import type { LoaderWatch } from "./loader-watch.ts";
import type { CallMemo } from "./memo.ts";
import { isAdrift, isKnown, kindLeft, remainderOf, telling, tellingPath } from "./remainder.ts";
import type { Task } from "./task.ts";
import { blankAccess } from "./telling.ts";
import {
  ANNOTATED,
  CONTENT,
  CWD,
  DO,
  EMPTY_PATH,
  type GistOf,
  KINDS,
  NOTE,
  noteHalf,
  noteText,
  PROBE,
  READLINK,
} from "./text-notes.ts";
import type { Trust } from "./trust.ts";

/**
 * Does what calls do by the numbers that were noted of their text: the same as the {@link ProcessModel} does with the
 * whole call, for the calls that most of a log is made of. What has more to it is left to that one, untouched.
 */
export class Repeats {
  readonly #world: World;
  readonly #trust: Trust;
  readonly #loaders: LoaderWatch;
  readonly #listener: ProcessListener;
  /** Null in a cautious model. */
  readonly #likely: LikelyFolders | null;
  readonly #gistOf: GistOf;
  /** What is told of: the same object each time. */
  #access: Mutable<Access> | null = null;
  #contentIsNews = true;
  #pid = 0;
  /** The task of that pid, once it is known to be in no state that a call could end. */
  #task: Task | null = null;

  constructor(
    world: World,
    trust: Trust,
    loaders: LoaderWatch,
    listener: ProcessListener,
    likely: LikelyFolders | null,
  ) {
    this.#world = world;
    this.#trust = trust;
    this.#loaders = loaders;
    this.#listener = listener;
    this.#likely = likely;
    this.#gistOf = (content, size) => listener.gist?.(content, size) ?? null;
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
    if (this.#isBrief()) noteText(call, row, memo, this.#gistOf, notes, at);
  }

  noteHalf(call: Syscall, row: CallRow, memo: CallMemo, notes: Int32Array, at: number): void {
    if (this.#isBrief()) noteHalf(call, row, memo, notes, at);
  }

  began(notes: Int32Array, at: number): PathId {
    const task = this.#task ?? this.#settle();
    if (task === null) return UNTOLD;
    task.hasBegun = true;
    switch (notes[at]) {
      case DO.close:
        task.files.close(notes[at + NOTE.fd] ?? 0, task);
        return UNKNOWN_PATH;
      case DO.look:
        return this.#base(task, notes, at);
      default:
        return UNKNOWN_PATH;
    }
  }

  repeated(call: RepeatedCall): boolean {
    const task = this.#task ?? this.#settle();
    if (task === null) return false;
    const { notes, at, place } = call;
    if (place !== WHOLE && !task.hasBegun) return false;
    if (call.ended === ENDED.unreturned && notes[at] !== DO.exit) return false;
    if (this.#contentIsNews && this.#bringsContent(call)) return false;
    switch (notes[at]) {
      case DO.nothing:
        if (place === WHOLE) this.#learnFd(task, notes, at);
        return true;
      case DO.pass:
      case DO.map:
        if (this.#listener.awaits?.(task.tracee, notes[at] === DO.map) !== false) return false;
        if (place === WHOLE) this.#learnFd(task, notes, at);
        return true;
      case DO.open:
        this.#open(task, call);
        return true;
      case DO.look:
        return this.#look(task, call);
      case DO.close:
        if (place === WHOLE) task.files.close(notes[at + NOTE.fd] ?? 0, task);
        return true;
      case DO.read:
        return this.#read(task, call);
      case DO.exit:
        this.#task = null;
        this.#world.population.leave(task, notes[at + NOTE.wholeGroup] === 1, call.line);
        return true;
      default:
        return this.#change(task, call);
    }
  }

  remainderOf({ notes, at, ended, place }: RepeatedCall): number {
    if (place !== WHOLE || (this.#contentIsNews && ((notes[at + NOTE.bits] ?? 0) & CONTENT) !== 0))
      return 0;
    const remainder = remainderOf(notes, at, ended);
    if (kindLeft(remainder) === null) return remainder;
    // It is still the one that was told just now.
    const access = this.#access;
    if (access === null || (isAdrift(remainder) && access.path !== UNKNOWN_PATH)) return 0;
    const spent = this.#listener.isSpent?.(access) ?? "never";
    if (spent === "mostly") return telling(remainder, notes, at);
    return spent === "always" ? remainder : 0;
  }

  spent(remainder: number, notes: Int32Array, at: number): boolean {
    const task = this.#task ?? this.#settle();
    if (task === null || !isKnown(task, remainder, notes, at)) return false;
    const kind = kindLeft(remainder);
    if (kind === null) return true;
    // It may tell where the task is.
    if (kind === "probe" && task.folder.cwd === UNKNOWN_PATH) return false;
    if (!this.#loaders.knows(task.tracee)) return false;
    const path = tellingPath(remainder, notes, at);
    return this.#listener.accessedAgain?.(task.tracee, kind, path) !== false;
  }

  /** Once: that a log shows content is worth knowing, even of content that tells nothing. */
  #bringsContent({ notes, at, ended }: RepeatedCall): boolean {
    if (((notes[at + NOTE.bits] ?? 0) & CONTENT) === 0 || ended < ENDED.done) return false;
    this.#contentIsNews = false;
    return true;
  }

  /** Whoever wants each call gets it, and a cautious model counts them. */
  #isBrief(): boolean {
    return this.#likely !== null && this.#listener.called === undefined;
  }

  #open(task: Task, call: RepeatedCall): void {
    const { notes, at, result, ended } = call;
    const path = this.#pathOf(task, call);
    const done = ended >= ENDED.done;
    const bits = (notes[at + NOTE.bits] ?? 0) & (ANNOTATED - 1);
    if (done) {
      const real = ended === ENDED.done ? path : ended;
      task.files.place(result, real, (bits & OPEN_FLAG.cloexec) !== 0);
    }
    if (this.#loaders.starts(task.tracee, path)) {
      this.#world.population.replaceUnseen(task, call.line);
    }
    this.#tell(task, call, path, bits, done ? result : -1);
  }

  #look(task: Task, call: RepeatedCall): boolean {
    const { notes, at, ended } = call;
    // What a link holds stands in its text, not in its notes.
    if (notes[at + NOTE.kind] === READLINK && ended >= ENDED.done) return false;
    const path = this.#pathOf(task, call);
    if (notes[at + NOTE.kind] === PROBE)
      this.#likely?.looks(task, path, notes[at + NOTE.requested] ?? 0, ended >= ENDED.done);
    this.#tell(task, call, path, 0, -1);
    return true;
  }

  /** The rarer calls on descriptors: they change nothing when they fail. */
  #change(task: Task, { notes, at, result, ended, place }: RepeatedCall): boolean {
    const { files } = task;
    const closeOnExec = ((notes[at + NOTE.bits] ?? 0) & OPEN_FLAG.cloexec) !== 0;
    const fd = notes[at + NOTE.fd] ?? 0;
    const what = notes[at];
    if (place === WHOLE && (what === DO.duplicate || what === DO.closeOnExec))
      this.#learnFd(task, notes, at);
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

  #tell({ tracee }: Task, call: RepeatedCall, path: PathId, openFlags: number, fd: number): void {
    const { notes, at, ended, line } = call;
    const access = this.#access ?? blankAccess(tracee);
    this.#access = access;
    access.tracee = tracee;
    access.kind = KINDS[notes[at + NOTE.kind] ?? 0] ?? "probe";
    access.outcome = ended >= ENDED.done ? "done" : ended === ENDED.missing ? "missing" : "failed";
    access.path = path;
    access.real = ended > ENDED.done ? ended : UNKNOWN_PATH;
    access.requested = notes[at + NOTE.requested] ?? 0;
    access.openFlags = openFlags;
    access.fd = fd;
    access.line = line;
    this.#listener.accessed?.(access);
  }

  #read(task: Task, { notes, at, ended, place }: RepeatedCall): boolean {
    const path = place === WHOLE ? this.#base(task, notes, at) : place;
    if (ended < ENDED.done) return true;
    return this.#listener.recognized?.(task.tracee, path, notes[at + NOTE.gist] ?? 0) === true;
  }

  /** Where the noted path is for this task, now or when the call began; what annotations say is learnt on the way. */
  #pathOf(task: Task, { notes, at, place }: RepeatedCall): PathId {
    const bits = notes[at + NOTE.bits] ?? 0;
    const absolute = notes[at + NOTE.absolute] ?? 0;
    if (absolute !== UNKNOWN_PATH && (bits & ANNOTATED) === 0) return absolute;
    const base = place === WHOLE ? this.#base(task, notes, at) : place;
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
    const task = this.#world.population.present(this.#pid);
    if (!task || task.left || task.inside || task.replacing || task.forking !== undefined)
      return null;
    const { byStart, resolver } = this.#world;
    const { root, mounts } = task.folder;
    if (this.#trust.isLost || root !== resolver.root || !mounts.isPlain) return null;
    // A thread may have got a number in a line before the close that made it free.
    if (byStart && task.files.users > 1) return null;
    this.#task = task;
    return task;
  }
}
