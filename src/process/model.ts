import type { Access, AccessKind, Outcome, ProcessListener } from "../model/access.ts";
import { OPEN_FLAG } from "../model/access.ts";
import type { ByteString } from "../model/byte-string.ts";
import { type PathId, type PathTable, UNKNOWN_PATH } from "../model/path-table.ts";
import type { Syscall } from "../model/syscall.ts";
import type { SyscallSink } from "../model/syscall-sink.ts";
import type { Environment } from "../model/tracee.ts";
import { CALLS, type CallRow } from "./calls.ts";
import { EFFECTS, forgetOutcome, type World } from "./effects.ts";
import { cloneFlags, openMode } from "./flags.ts";
import { Population } from "./population.ts";
import { Resolver } from "./resolver.ts";
import { nothingSeen, Sight } from "./sight.ts";
import type { ProgramImage, Seen, Task } from "./task.ts";
import { Trust } from "./trust.ts";

/** What a {@link ProcessModel} needs. */
export interface ProcessModelOptions {
  readonly paths: PathTable;
  readonly listener: ProcessListener;
  /** Which environment variables to keep: the others are nobody's business. */
  readonly watches?: (name: ByteString) => boolean;
  /** Also believe folders and descriptors that calls outside of the trace's filter may have changed. */
  readonly lenient?: boolean;
}

/**
 * Follows the processes of one trace: who forked whom, who runs what, in which folder, with which
 * descriptors. What it cannot know is {@link UNKNOWN_PATH}, never a guess.
 */
export class ProcessModel implements SyscallSink {
  readonly #listener: ProcessListener;
  readonly #paths: PathTable;
  readonly #world: World;
  readonly #sight: Sight;
  readonly #trust: Trust;
  readonly #seen = nothingSeen();
  readonly #watches: (name: ByteString) => boolean;
  #text: ByteString = "";

  constructor(options: ProcessModelOptions) {
    this.#listener = options.listener;
    this.#paths = options.paths;
    this.#watches = options.watches ?? (() => false);
    this.#trust = new Trust(options.lenient === true);
    const resolver = new Resolver(options.paths);
    const listener = options.listener;
    const population = new Population(
      {
        started: (tracee) => listener.started?.(tracee),
        ended: (tracee, status, line) => listener.ended?.(tracee, status, line),
      },
      resolver.root,
    );
    this.#world = { paths: options.paths, resolver, population, byStart: false };
    this.#sight = new Sight(options.paths, resolver, this.#trust);
  }

  /** The line that the listener is being told of, as logged. */
  get text(): ByteString {
    return this.#text;
  }

  /** Says beforehand that the process whose first lines carry no pid is `pid`. */
  foretellFirst(pid: number): void {
    this.#world.population.foretellFirst(pid);
  }

  /** Says beforehand who makes `pid`, which shows before that fork has returned. */
  foretellBirth(pid: number, parent: number | null, flags: number | null): void {
    this.#world.population.foretellBirth(pid, parent, flags);
  }

  /** Says beforehand that lines come in the order in which calls began. */
  foretellStartOrder(): void {
    this.#world.byStart = true;
  }

  /**
   * Says beforehand that lines will not come in the order of time, and which pids share a folder with one
   * that changes it: what the others see is then unknown.
   */
  foretellDisorder(restless: ReadonlySet<number>): void {
    this.#world.population.foretellDisorder(restless);
  }

  entered(call: Syscall): void {
    const row = CALLS.get(call.name);
    if (!row) return;
    const task = this.#world.population.find(call.pid, call.line);
    if (!task) return;
    task.inside = nothingSeen();
    this.#sight.look(call, row, task, task.inside);
    if (row.effect === "fork") task.forking = cloneFlags(call);
    if (row.effect === "exec") task.replacing = call;
    if (row.effect === "close") closeFd(task, call);
  }

  finished(call: Syscall): void {
    const row = CALLS.get(call.name);
    if (!row) return;
    this.#text = call.text;
    const task = this.#taskOf(call);
    this.#trust.saw(call, row);
    let seen = this.#seen;
    if (task?.inside?.line === call.line) {
      seen = task.inside;
    } else {
      this.#sight.look(call, row, task, seen);
    }
    if (task) {
      task.inside = null;
      task.replacing = null;
      this.#apply(task, call, row, seen);
      task.forking = undefined;
    } else {
      this.#applyToAll(call, row);
    }
    this.#listener.called?.(call, call.pid ?? task?.pid ?? null, resolvedOf(row, seen), seen.to);
  }

  exited(pid: number | null, status: number | null, line: number): void {
    this.#gone(pid, status, line);
  }

  killed(pid: number | null, line: number): void {
    this.#gone(pid, null, line);
  }

  superseded(pid: number | null, by: number, line: number): void {
    if (pid !== null) this.#world.population.supersede(pid, by, line);
  }

  attached(pid: number, line: number): void {
    this.#world.population.announce(pid, line);
  }

  detached(pid: number, line: number): void {
    this.#gone(pid, null, line);
  }

  lost(pid: number | null, name: string, result: number | null, line: number): void {
    const task = this.#world.population.find(pid, line);
    if (!task) return;
    if (task.replacing?.name === name) {
      const { replacing: half } = task;
      this.finished({ ...half, args: half.args, endPid: pid, endLine: line, result });
      return;
    }
    task.folder.enter(UNKNOWN_PATH);
    task.files.clear();
    if (name.startsWith("execve") && result === 0) {
      this.#world.population.replaceUnseen(task, line);
    }
  }

  #gone(pid: number | null, status: number | null, line: number): void {
    const task = this.#world.population.find(pid, line);
    if (task) this.#world.population.end(task, status, line);
  }

  #taskOf(call: Syscall): Task | null {
    const population = this.#world.population;
    const pid = call.endPid ?? call.pid;
    if (call.endLine !== call.line && pid !== null) {
      // One half of the call had no label: it began when there was one tracee only.
      const task = population.inside(call.line);
      if (task) population.name(task, pid);
    }
    return population.find(pid, call.endLine);
  }

  #apply(task: Task, call: Syscall, row: CallRow, seen: Seen): void {
    const outcome = outcomeOf(call);
    if (row.effect === "exit") {
      if (!call.restarted) this.#world.population.leave(task, call.name === "exit_group", call.endLine);
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
    if (outcome === "done") {
      EFFECTS[row.effect]?.(this.#world, task, call, seen, row);
    } else if (outcome === "unknown") {
      forgetOutcome(this.#world, task, call, row);
    }
    const kind = row.effect === "open" ? openKind(call) : row.kind;
    if (kind) this.#access(task, call, row, seen, kind, outcome);
    if (row.effect === "exec" && outcome === "done") this.#exec(task, call, seen);
  }

  /** A call of nobody knows whom: whatever any task might have got from it is in doubt. */
  #applyToAll(call: Syscall, row: CallRow): void {
    if (outcomeOf(call) !== "done") return;
    for (const task of this.#world.population.all()) {
      if (row.effect === "chdir" || row.effect === "fchdir") task.folder.cwd = UNKNOWN_PATH;
      if (makesFd(row) && call.result !== null) task.files.forget(call.result);
      if (row.effect === "close") closeFd(task, call);
    }
  }

  #access(
    task: Task,
    call: Syscall,
    row: CallRow,
    seen: Seen,
    kind: AccessKind,
    outcome: Outcome,
  ): void {
    if (!this.#listener.accessed) return;
    const isOpen = row.effect === "open";
    const access: Access = {
      tracee: task.tracee,
      kind,
      syscall: call.name,
      outcome,
      errno: call.errno,
      path: seen.path,
      real: call.resultPath === null ? UNKNOWN_PATH : this.#paths.intern(call.resultPath),
      requested: seen.requested,
      to: seen.to,
      target: call.target?.bytes ?? (outcome === "done" ? (call.out?.bytes ?? null) : null),
      openFlags: isOpen ? openBits(call) : 0,
      fd: isOpen && outcome === "done" ? (call.result ?? -1) : -1,
      line: call.line,
    };
    this.#listener.accessed(access);
  }

  #exec(task: Task, call: Syscall, seen: Seen): void {
    const program = seen.path === UNKNOWN_PATH ? seen.requested : seen.path;
    const image: ProgramImage = {
      program: program === UNKNOWN_PATH ? null : this.#paths.text(program),
      argv: call.argv ? call.argv.items.map((item) => item.bytes) : null,
      argvTruncated:
        call.argv !== undefined &&
        (call.argv.truncated || call.argv.items.some((item) => item.truncated)),
      environment: this.#environment(call),
    };
    this.#world.population.exec(task, image, call.endLine);
  }

  #environment(call: Syscall): Environment | null {
    if (!call.env) {
      return call.envCount === undefined ? null : { variables: null, count: call.envCount };
    }
    const variables = new Map<ByteString, ByteString>();
    for (const { bytes } of call.env.items) {
      const equals = bytes.indexOf("=");
      const name = bytes.slice(0, Math.max(equals, 0));
      if (equals > 0 && this.#watches(name)) variables.set(name, bytes.slice(equals + 1));
    }
    return { variables, count: call.env.truncated ? null : call.env.items.length };
  }
}

function outcomeOf(call: Syscall): Outcome {
  if (call.result === null) return "unknown";
  if (call.errno !== null) return "failed";
  return call.result < 0 && call.result > -4096 ? "failed" : "done";
}

function closeFd(task: Task, call: Syscall): void {
  if (typeof call.fd?.fd === "number") task.files.close(call.fd.fd, task);
}

function makesFd(row: CallRow): boolean {
  return (
    row.effect === "open" || row.effect === "make-fd" || row.effect === "dup" || row.effect === "fcntl"
  );
}

/** What a call that names a path, or works on a descriptor, is about. */
function resolvedOf(row: CallRow, seen: Seen): PathId {
  return row.path === undefined ? seen.fdPath : seen.path;
}

/** creat(2) has no flags argument; it is open with O_CREAT, O_WRONLY and O_TRUNC. */
function openBits(call: Syscall): number {
  if (call.name === "creat") return OPEN_FLAG.create | OPEN_FLAG.truncate;
  return call.flags === undefined ? 0 : openMode(call.flags).bits;
}

function openKind(call: Syscall): AccessKind {
  if (call.name === "creat") return "write";
  const mode = openMode(call.flags ?? "");
  if (mode.bits & OPEN_FLAG.pathOnly) return "probe";
  if (mode.writes || mode.bits & (OPEN_FLAG.create | OPEN_FLAG.truncate)) return "write";
  return mode.bits & OPEN_FLAG.directory ? "list" : "read";
}
