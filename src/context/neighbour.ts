import type { Tracee } from "../model/tracee.ts";
import type { Journal } from "./journal.ts";

/** bindgen runs some hundred children before its threads; farther apart, two pids are related by chance. */
const FARTHEST = 1024;

/** The journals of the tracees that live. */
export class LiveJournals implements Iterable<Journal> {
  readonly #all: Set<Journal> = new Set();
  readonly #byPid: Map<number, Journal> = new Map();

  add(journal: Journal): void {
    this.#all.add(journal);
    if (journal.tracee.pid !== null) this.#byPid.set(journal.tracee.pid, journal);
  }

  delete(journal: Journal): void {
    this.#all.delete(journal);
    const { pid } = journal.tracee;
    if (pid !== null && this.#byPid.get(pid) === journal) this.#byPid.delete(pid);
  }

  clear(): void {
    this.#all.clear();
    this.#byPid.clear();
  }

  [Symbol.iterator](): Iterator<Journal> {
    return this.#all.values();
  }

  /**
   * In a log without fork and clone a thread is a pid out of nowhere. Pids are given in order, so the nearest
   * lower one that lives and is known is the process that it belongs to; null when none is near enough.
   */
  neighbourOf({ born, pid }: Tracee): Journal | null {
    if (born !== "unknown" || pid === null) return null;
    let best: Journal | null = null;
    for (const journal of this.#near(pid)) {
      const { pid: other, program } = journal.tracee;
      if (other === null || program === null || other >= pid || pid - other > FARTHEST) continue;
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
