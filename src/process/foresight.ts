import type { Syscall } from "../model/syscall.ts";
import { CALLS } from "./calls.ts";
import { FirstLabel } from "./first-label.ts";
import { cloneFlags } from "./flags.ts";
import { childOf, isFork } from "./forks.ts";
import type { ProcessModel } from "./model.ts";
import { deliver, EventSink, pidOf, type SinkEvent } from "./sink-event.ts";

/** How far to look ahead for the fork that made a pid; a vfork is over within a few lines of its child. */
const MOST_HELD = 4096;
/** How far to look ahead for the pid of a log's first process, on terminals. */
const MOST_UNLABELLED = 16_384;
/** The same in bytes of lines: one execve can have megabytes. */
const MOST_BYTES = 16 << 20;
/** After so many pids whose fork never showed, forks are taken to be missing from the log. */
const MOST_FOUNDLINGS = 8;

/**
 * Stands before a {@link ProcessModel} and looks ahead where the log tells later what is needed now: a
 * child's first lines often come before its parent's fork returns, and with several forks under way only
 * that return says whose child it is. Events are held meanwhile, a few thousand at most.
 */
export class Foresight extends EventSink {
  readonly #model: ProcessModel;
  readonly #queue: SinkEvent[] = [];
  #head = 0;
  /** Bytes of the lines that are held. */
  #bytes = 0;
  readonly #known: Set<number> = new Set();
  /** Forks under way at the head of the queue that tell no child by its end, by the line they began in. */
  readonly #makers: Map<number, Syscall> = new Map();
  /** Lines of those that have not ended by the end of the queue: they may still tell. */
  readonly #waiting: Set<number> = new Set();
  /** Forks that ended further on in the queue, by the child that they tell: a pid can come again. */
  readonly #births: Map<number, Syscall[]> = new Map();
  /** Forks that ended further on in the queue, by the line they began in. */
  readonly #ended: Map<number, Syscall> = new Map();
  #foundlings = 0;
  /** Null once it is known, or the log began with a label. */
  #first: FirstLabel | null = new FirstLabel();
  #hasBegun = false;

  constructor(model: ProcessModel) {
    super((event) => this.#take(event));
    this.#model = model;
  }

  /** The model itself, for a pid whose lines need no look ahead. */
  behind(pid: number, line: number): ProcessModel | null {
    if (this.#queue.length > 0 || this.#first !== null) return null;
    if (this.#known.has(pid)) return this.#model;
    if (this.#mustHoldChild(pid)) return null;
    this.#known.add(pid);
    return this.#model.behind(pid, line);
  }

  /** With -qq no other line ends a process. */
  left(pid: number): void {
    this.#known.delete(pid);
  }

  /** Ends the log: what is held goes on as it is. */
  end(): void {
    this.hurry();
  }

  /** True while events wait for what later ones tell. */
  get isHolding(): boolean {
    return this.#queue.length > this.#head;
  }

  /** Lets all go on that waits: somebody watches, and what would tell more has not come. */
  hurry(): void {
    this.#settleFirst(this.#first?.likeliest ?? null);
    this.#drain(true);
  }

  #take(event: SinkEvent): void {
    if (this.#queue.length === 0 && !this.#mustHold(event)) {
      this.#pass(event);
      return;
    }
    this.#queue.push(event);
    this.#bytes += bytesOf(event);
    this.#foresee(event);
    this.#drain(false);
  }

  #drain(everything: boolean): void {
    while (this.#head < this.#queue.length) {
      const event = this.#queue[this.#head];
      if (!event) break;
      if (this.#mustHold(event) && !everything) break;
      this.#head += 1;
      this.#bytes -= bytesOf(event);
      this.#pass(event);
    }
    // A queue that is never empty must not grow for ever.
    if (this.#head < this.#queue.length && this.#head < MOST_HELD) return;
    this.#queue.splice(0, this.#head);
    this.#head = 0;
  }

  /** Notes what a held event will tell. */
  #foresee(event: SinkEvent): void {
    this.#first?.sees(event);
    if (event.kind !== "finished" || !isFork(event.call)) return;
    const { line } = event.call;
    this.#ended.set(line, event.call);
    this.#waiting.delete(line);
    const child = childOf(event.call);
    if (child === null) return;
    this.#makers.delete(line);
    const births = this.#births.get(child);
    if (births) births.push(event.call);
    else this.#births.set(child, [event.call]);
  }

  #mustHold(event: SinkEvent): boolean {
    const pid = pidOf(event);
    if (this.#first !== null && this.#seekFirst(this.#first, pid)) return true;
    if (pid === null || this.#known.has(pid) || !("call" in event || event.kind === "attached")) {
      return false;
    }
    return this.#mustHoldChild(pid);
  }

  /** True while the pid of the first, unlabelled process may still show. */
  #seekFirst(first: FirstLabel, pid: number | null): boolean {
    const isLabelled = pid !== null && !this.#hasBegun;
    this.#hasBegun = true;
    if (isLabelled) {
      this.#first = null;
      return false;
    }
    const isFull = this.#queue.length >= MOST_UNLABELLED || this.#bytes >= MOST_BYTES;
    if (first.pid === null && !isFull) return true;
    this.#settleFirst(first.pid);
    return false;
  }

  #settleFirst(pid: number | null): void {
    this.#first = null;
    if (pid === null) return;
    this.#model.foretellFirst(pid);
    this.#known.add(pid);
  }

  #mustHoldChild(pid: number): boolean {
    const birth = this.#births.get(pid)?.[0];
    if (birth) {
      this.#foretell(pid, birth);
      return false;
    }
    // The others have told their children, or will not: a maker may die inside its fork.
    const [maker] = this.#makers.values();
    if (maker && this.#makers.size === 1 && cloneFlags(maker) !== null) {
      this.#foretell(pid, maker);
      return false;
    }
    if (this.#queue.length - this.#head >= MOST_HELD || this.#bytes >= MOST_BYTES) {
      this.#foundlings += 1;
      return false;
    }
    if (maker) return this.#waiting.size > 0;
    // -z prints a call when it is over: a child's lines come before the whole line of the fork.
    return this.#known.size > 0 && this.#foundlings < MOST_FOUNDLINGS;
  }

  #foretell(pid: number, birth: Syscall): void {
    this.#known.add(pid);
    this.#model.foretellBirth(pid, birth.pid, cloneFlags(birth));
  }

  #pass(event: SinkEvent): void {
    const pid = pidOf(event);
    if (pid !== null && event.kind !== "exited" && event.kind !== "killed") this.#known.add(pid);
    if (event.kind === "entered" && isFork(event.call)) {
      this.#forkBegins(event.call);
    } else if (event.kind === "finished" && isFork(event.call)) {
      this.#forkEnds(event.call);
    } else if (event.kind === "exited" || event.kind === "killed" || event.kind === "detached") {
      if (pid !== null) this.#known.delete(pid);
    } else if (event.kind === "superseded") {
      this.#known.delete(event.by);
    } else if (event.kind === "finished" && pid !== null && isExit(event.call)) {
      this.left(pid);
    }
    deliver(event, this.#model);
  }

  #forkBegins(call: Syscall): void {
    const end = this.#ended.get(call.line);
    if (end && childOf(end) !== null) return;
    this.#makers.set(call.line, call);
    if (!end) this.#waiting.add(call.line);
  }

  #forkEnds(call: Syscall): void {
    this.#makers.delete(call.line);
    this.#waiting.delete(call.line);
    this.#ended.delete(call.line);
    const child = childOf(call);
    if (child === null) return;
    const births = this.#births.get(child);
    if (births?.[0] === call) births.shift();
    if (births?.length === 0) this.#births.delete(child);
    this.#known.add(child);
  }
}

function bytesOf(event: SinkEvent): number {
  return "call" in event ? event.call.text.length : 0;
}

function isExit(call: Syscall): boolean {
  return CALLS.get(call.name)?.effect === "exit";
}
