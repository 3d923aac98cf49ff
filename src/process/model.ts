import type { ProcessListener } from "../model/access.ts";
import type { ByteString } from "../model/byte-string.ts";
import { type PathId, type PathTable, UNKNOWN_PATH } from "../model/path-table.ts";
import type { Syscall } from "../model/syscall.ts";
import type { RepeatedCall, RepeatSink } from "../model/syscall-sink.ts";
import { BirthPlaces } from "./birth-places.ts";
import { CALLS, type CallRow } from "./calls.ts";
import { doubt } from "./doubt.ts";
import { closeFd, EFFECTS, forgetOutcome, makesFd, type World } from "./effects.ts";
import { cloneFlags } from "./flags.ts";
import { Folder } from "./folder.ts";
import { ImageReader } from "./image.ts";
import { LikelyFolders } from "./likely-folders.ts";
import { LoaderWatch } from "./loader-watch.ts";
import { CallMemo } from "./memo.ts";
import { Mounts } from "./mounts.ts";
import { Population } from "./population.ts";
import { Repeats } from "./repeats.ts";
import { Resolver } from "./resolver.ts";
import { nothingSeen, resolvedOf, Sight } from "./sight.ts";
import type { Seen, Task } from "./task.ts";
import { outcomeOf, tell } from "./telling.ts";
import { notePath } from "./text-notes.ts";
import { Trust } from "./trust.ts";

/** What a {@link ProcessModel} needs. */
export interface ProcessModelOptions {
  readonly paths: PathTable;
  readonly listener: ProcessListener;
  /** Which environment variables to keep: the others are nobody's business. */
  readonly watches?: (name: ByteString) => boolean;
  /**
   * Also believe folders and descriptors that calls outside of the trace's filter may have changed, and the
   * first PWD of an environment.
   */
  readonly lenient?: boolean;
}

/**
 * Follows the processes of one trace: who forked whom, who runs what, in which folder, with which
 * descriptors. What it cannot know is {@link UNKNOWN_PATH}, never a guess.
 */
export class ProcessModel implements RepeatSink {
  readonly #listener: ProcessListener;
  readonly #world: World;
  readonly #population: Population;
  readonly #places: BirthPlaces | null;
  readonly #likely: LikelyFolders | null;
  readonly #sight: Sight;
  readonly #trust: Trust;
  readonly #images: ImageReader;
  readonly #loaders: LoaderWatch;
  readonly #repeats: Repeats;
  readonly #seen = nothingSeen();
  /** The call that is being told of. */
  #call: Syscall | RepeatedCall | null = null;

  constructor(options: ProcessModelOptions) {
    const { listener, paths } = options;
    const resolver = new Resolver(paths);
    const lenient = options.lenient === true;
    this.#listener = listener;
    this.#trust = new Trust(lenient);
    this.#places = lenient ? new BirthPlaces() : null;
    this.#likely = lenient ? new LikelyFolders(paths, resolver) : null;
    this.#population = new Population(
      {
        started: (tracee) => listener.started?.(tracee),
        ended: (tracee, status, line) => listener.ended?.(tracee, status, line),
        forgotten: (tracees) => listener.forgotten?.(tracees),
      },
      new Folder(UNKNOWN_PATH, resolver.root, new Mounts(paths)),
      this.#places,
    );
    this.#world = { paths, resolver, population: this.#population, byStart: false };
    this.#sight = new Sight(paths, resolver, this.#trust);
    this.#loaders = new LoaderWatch(paths);
    this.#repeats = new Repeats(this.#world, this.#trust, this.#loaders, listener, this.#likely);
    this.#images = new ImageReader(paths, options.watches ?? (() => false));
  }

  /** The line that the listener is being told of, as logged. */
  get text(): ByteString {
    return this.#call?.text ?? "";
  }

  /** Says beforehand that the process whose first lines carry no pid is `pid`. */
  foretellFirst(pid: number): void {
    this.#population.foretellFirst(pid);
  }

  /** Says beforehand who makes `pid`, which shows before that fork has returned. */
  foretellBirth(pid: number, parent: number | null, flags: number | null): void {
    this.#population.foretellBirth(pid, parent, flags);
  }

  /** Says beforehand that lines come in the order in which calls began. */
  foretellStartOrder(): void {
    this.#world.byStart = true;
  }

  /** Says beforehand that lines will not come in the order of time, and which pids share a folder that one of them changes: it is unknown. */
  foretellDisorder(restless: ReadonlySet<number>): void {
    this.#population.foretellDisorder(restless);
  }

  entered(call: Syscall): void {
    this.#repeats.stir();
    const row = CALLS.get(call.name);
    const task = row && this.#population.caller(call.pid, call.line);
    if (!row || !task) return;
    task.inside = nothingSeen();
    if (row.effect === "exec") this.#likely?.executes(task, call);
    this.#sight.look(call, row, this.#memoOf(call, row), task, task.inside);
    if (row.effect === "fork") this.#population.setForking(task, cloneFlags(call));
    if (row.effect === "exec") task.replacing = call;
    if (row.effect === "close") closeFd(task, call);
  }

  finished(call: Syscall): void {
    const row = CALLS.get(call.name);
    if (!row) return;
    this.#call = call;
    this.#repeats.stir();
    const task = this.#taskOf(call);
    this.#trust.saw(call, row);
    const memo = this.#memoOf(call, row);
    let seen = this.#seen;
    if (task?.inside?.line === call.line) {
      seen = task.inside;
      this.#sight.complete(call, row, memo, task, seen);
    } else {
      if (task && row.effect === "exec") this.#likely?.executes(task, call);
      this.#sight.look(call, row, memo, task, seen);
    }
    if (task) {
      task.inside = null;
      task.replacing = null;
      this.#apply(task, call, row, seen, memo);
      if (task.forking !== undefined) this.#population.setForking(task, undefined);
    } else {
      doubt(call, row, this.#population, this.#trust);
    }
    this.#listener.called?.(call, call.pid ?? task?.pid ?? null, resolvedOf(row, seen), seen.to);
  }

  /** A pid, new to the log or again, makes a call in this line: who made it is known, or will not be. */
  behind(pid: number, line: number): this {
    this.#population.caller(pid, line);
    return this;
  }

  turnTo(pid: number): void {
    this.#repeats.turnTo(pid);
  }

  note(call: Syscall, notes: Int32Array, at: number): void {
    const row = CALLS.get(call.name);
    if (row) this.#repeats.note(call, row, this.#memoOf(call, row), notes, at);
  }

  noteLike(path: ByteString, notes: Int32Array, like: number, at: number): boolean {
    return notePath(path, this.#world, notes, like, at);
  }

  noteHalf(call: Syscall, notes: Int32Array, at: number): void {
    const row = CALLS.get(call.name);
    if (row) this.#repeats.noteHalf(call, row, this.#memoOf(call, row), notes, at);
  }

  began(notes: Int32Array, at: number): PathId {
    return this.#repeats.began(notes, at);
  }

  inside(half: Syscall, pid: number, line: number, place: PathId): void {
    const row = CALLS.get(half.name);
    const task = this.#population.present(pid);
    if (!row || !task?.hasBegun) return;
    this.#repeats.stir();
    task.inside = { ...nothingSeen(), line, base: place, fdPath: place };
    this.#sight.complete(half, row, this.#memoOf(half, row), task, task.inside);
  }

  pathId(path: ByteString): PathId {
    return this.#world.paths.intern(path);
  }

  repeated(call: RepeatedCall): boolean {
    this.#call = call;
    return this.#repeats.repeated(call);
  }

  remainderOf(call: RepeatedCall): number {
    return this.#repeats.remainderOf(call);
  }

  spent(remainder: number, notes: Int32Array, at: number): boolean {
    return this.#repeats.spent(remainder, notes, at);
  }

  exited(pid: number | null, status: number | null, line: number): void {
    this.#repeats.stir();
    const task = this.#population.find(pid, line);
    if (task) this.#population.end(task, status, line);
  }

  killed(pid: number | null, line: number): void {
    this.exited(pid, null, line);
  }

  superseded(pid: number | null, by: number, line: number): void {
    if (pid !== null) this.#population.supersede(pid, by, line);
  }

  attached(pid: number, line: number): void {
    this.#population.announce(pid, line);
  }

  detached(pid: number, line: number): void {
    this.exited(pid, null, line);
  }

  lost(pid: number | null, name: string, result: number | null, line: number): void {
    const task = this.#population.find(pid, line);
    if (!task) return;
    const half = task.replacing;
    if (half?.name === name) {
      // Getters are not copied.
      const { args, argv, env } = half;
      this.finished({ ...half, args, argv, env, endPid: pid, endLine: line, result });
      return;
    }
    // The end of an exec that was believed when its line was cut.
    const { tracee } = task;
    const ends = tracee.isBelieved && result === 0 && CALLS.get(name)?.effect === "exec";
    tracee.isBelieved = false;
    if (ends) return;
    task.folder.enter(UNKNOWN_PATH);
    task.files.clear();
    if (result === 0 && CALLS.get(name)?.effect === "exec") {
      this.#population.replaceUnseen(task, line);
    }
  }

  #memoOf(call: Syscall, row: CallRow): CallMemo {
    const known = call.memo;
    if (known instanceof CallMemo) return known;
    const memo = new CallMemo(call, row, this.#world.paths, this.#world.resolver);
    if (known === null) call.memo = memo;
    return memo;
  }

  #taskOf(call: Syscall): Task | null {
    const pid = call.endPid ?? call.pid;
    if (call.line === call.endLine) return this.#population.caller(pid, call.line);
    if (pid !== null) {
      // One half of the call had no label: it began when there was one tracee only.
      const task = this.#population.inside(call.line);
      if (task) this.#population.name(task, pid);
    }
    return this.#population.find(pid, call.endLine);
  }

  #apply(task: Task, call: Syscall, row: CallRow, seen: Seen, memo: CallMemo): void {
    if (row.effect === "exit") {
      if (!call.restarted) this.#population.leave(task, call.name === "exit_group", call.endLine);
      return;
    }
    // A split one took effect when it was entered: another thread may have opened the number again since.
    if (row.effect === "close" && call.line === call.endLine) closeFd(task, call);
    if (call.restarted) return;
    if (call.injected) {
      // The kernel never ran the call, whatever it seemed to return.
      if (makesFd(row) && call.result !== null) task.files.forget(call.result);
      return;
    }
    this.#places?.saw(row.effect);
    const outcome = outcomeOf(call);
    const stays = row.effect === "chdir" && this.#likely?.comesBack(task) === true;
    if (outcome === "done" && !stays)
      EFFECTS[row.effect]?.(this.#world, task, call, seen, row, memo);
    else if (outcome === "unknown") forgetOutcome(this.#world, task, call, row, memo);
    if (row.effect === "open" && this.#loaders.starts(task.tracee, seen.path)) {
      this.#population.replaceUnseen(task, call.line);
    }
    if (memo.kind === "probe")
      this.#likely?.looks(task, seen.path, seen.requested, outcome === "done");
    tell(this.#listener, this.#world.paths, { task, call, row, seen, memo, outcome });
    // Of an exec whose end is lost, more succeeded than failed; what failed exits, or tries the next folder of PATH.
    if (row.effect === "exec" && (outcome === "done" || outcome === "unknown"))
      this.#exec(task, call, seen);
  }

  #exec(task: Task, call: Syscall, seen: Seen): void {
    this.#loaders.sawExec();
    const image = this.#images.read(call, seen, task.tracee);
    this.#population.exec(task, image, call.endLine);
    task.tracee.isBelieved = call.result === null;
  }
}
