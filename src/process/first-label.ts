import type { Syscall } from "../model/syscall.ts";
import { childOf, isFork } from "./forks.ts";
import { pidOf, type SinkEvent } from "./sink-event.ts";

/** Events after which an unknown label is nobody's child: a fork has told its child by then, even with -z, which prints calls when they are over. */
const PATIENCE = 64;

/**
 * On a terminal the lines of a lone process carry no pid. Which one the first process has, its first label tells, when
 * there are others: the first label that can be no child's.
 */
export class FirstLabel {
  readonly #announced: Set<number> = new Set();
  /** Forks under way, by the line they began in, and whose they are: labels that come now may be their children's. */
  readonly #forking: Map<number, number | null> = new Map();
  #candidate: number | null = null;
  #patience = PATIENCE;
  #isProven = false;

  /** The pid that shows; null as long as it may be another. */
  get pid(): number | null {
    return this.#isProven || this.#patience <= 0 ? this.#candidate : null;
  }

  /** The pid that it is if no more lines come. */
  get likeliest(): number | null {
    return this.#candidate;
  }

  /** Takes note of the next event. */
  sees(event: SinkEvent): void {
    const pid = pidOf(event);
    if (event.kind === "attached") this.#announce(event.pid);
    else if (event.kind === "exited" || event.kind === "killed") this.#abandon(pid);
    else if ((event.kind === "entered" || event.kind === "finished") && isFork(event.call)) {
      if (event.kind === "entered") this.#forking.set(event.call.line, pid);
      else this.#forked(event.call, pid);
    }
    if (this.#isProven) return;
    if (this.#candidate !== null) this.#patience -= 1;
    else if (pid !== null && !this.#mayBeChild(pid)) {
      this.#candidate = pid;
      this.#patience = PATIENCE;
    }
  }

  #mayBeChild(pid: number): boolean {
    if (this.#announced.has(pid)) return true;
    for (const maker of this.#forking.values()) if (maker !== pid) return true;
    return false;
  }

  #forked(call: Syscall, pid: number | null): void {
    this.#forking.delete(call.line);
    const child = childOf(call);
    if (child !== null) this.#announce(child);
    // What began without a label and ends with one is its own.
    if (call.pid !== null || pid === null || this.#announced.has(pid)) return;
    this.#candidate = pid;
    this.#isProven = true;
  }

  #announce(pid: number): void {
    this.#announced.add(pid);
    if (this.#candidate === pid) this.#candidate = null;
  }

  /** A fork whose maker died in it tells nothing any more. */
  #abandon(pid: number | null): void {
    for (const [line, maker] of this.#forking) if (maker === pid) this.#forking.delete(line);
  }
}
