import type { Tracee } from "../../model/tracee.ts";
import type { Journal } from "./journal.ts";

/** bindgen runs some hundred children before its threads; farther apart, two pids are related by chance. */
const FARTHEST = 1024;

/** Programs of one thread that start no other: a process out of nowhere is nothing of theirs, alive or ended in lines that are missing. */
const HAS_NO_THREADS =
  /^(?:cc1(?:plus|obj|objplus)?|f951|as|ld|ld\.bfd|ar|ranlib|strip|objcopy|pkg-config|pkgconf|cp|cat)$/;

/** The journals of the tracees that live. */
export class LiveJournals implements Iterable<Journal> {
  readonly #all: Set<Journal> = new Set();
  readonly #byPid: Map<number, Journal> = new Map();
  /** How many of them run a program that is known: in a log without execs none, and nobody need be looked for. */
  #known = 0;
  /** Who came first in this log. */
  #first: Tracee | null = null;

  get size(): number {
    return this.#all.size;
  }

  /** The first process of the log lives. A daemon may outlive its build, but not the command that strace was started with. */
  get holdsFirst(): boolean {
    return [...this.#all].some(({ tracee }) => firstLife(tracee) === this.#first);
  }

  get isEmpty(): boolean {
    return this.#all.size === 0;
  }

  add(journal: Journal): void {
    this.#all.add(journal);
    this.#first ??= firstLife(journal.tracee);
    if (journal.tracee.program !== null) this.#known += 1;
    if (journal.tracee.pid !== null) this.#byPid.set(journal.tracee.pid, journal);
  }

  delete(journal: Journal): void {
    const { pid, program } = journal.tracee;
    if (this.#all.delete(journal) && program !== null) this.#known -= 1;
    if (pid !== null && this.#byPid.get(pid) === journal) this.#byPid.delete(pid);
  }

  clear(): void {
    this.#all.clear();
    this.#byPid.clear();
    this.#known = 0;
    this.#first = null;
  }

  [Symbol.iterator](): Iterator<Journal> {
    return this.#all.values();
  }

  /**
   * In a log without fork and clone a thread is a pid out of nowhere. Pids are given in order, so the nearest
   * lower one that lives and is known is the process that it belongs to; null when none is near enough.
   */
  neighbourOf({ born, generation, pid }: Tracee): Journal | null {
    // What shows in the middle of a process' life is a program of its own.
    if (this.#known === 0 || born !== "unknown" || generation > 0 || pid === null) return null;
    let best: Journal | null = null;
    for (const journal of this.#near(pid)) {
      const { pid: other, program } = journal.tracee;
      if (other === null || program === null || other >= pid || pid - other > FARTHEST) continue;
      if (journal.actor.role !== "unknown" && HAS_NO_THREADS.test(journal.actor.tool.name))
        continue;
      if (best === null || other > (best.tracee.pid ?? 0)) best = journal;
    }
    return best;
  }

  /** All of few, and of many those with a pid that is near: a hostile log has a hundred thousand. */
  *#near(pid: number): Iterable<Journal> {
    if (this.#all.size <= FARTHEST) return yield* this.#all;
    for (let other = pid - 1; other >= pid - FARTHEST; other--) {
      const journal = this.#byPid.get(other);
      if (journal !== undefined) yield journal;
    }
  }
}

/** A tracee as it was before its execs. */
function firstLife(tracee: Tracee): Tracee {
  let first = tracee;
  while (first.born === "exec" && first.parent !== null) first = first.parent;
  return first;
}
