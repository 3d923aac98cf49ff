import type { SyscallSink } from "../../model/syscall-sink.ts";
import type { ReplayedCall } from "./replayed-call.ts";
import { MOST_TEXTS } from "./scanner.ts";

/**
 * Failed calls that came before and would tell nothing new: most of what a compiler's search for its headers
 * is. They are not told again while their pid is one that the sink says so of.
 */
export class StaleCalls {
  /** For each text, the tail with which it is stale: tail * 2 + 2, one more for opens; 0 while it is fresh. */
  readonly #tails: Int32Array = new Int32Array(MOST_TEXTS);
  #opens = 0;
  /** Whether the sink ignores stale calls of the current pid; asked once a line of it was told. */
  #ignored = false;
  #asked = false;

  /** Another pid, or the same one after something that may have changed it. */
  turn(): void {
    this.#ignored = false;
    this.#asked = false;
  }

  /** True when the failure need not be told; it is then counted. */
  passesOver(id: number, tail: number): boolean {
    const stale = this.#tails[id] ?? 0;
    if (stale === 0 || !this.#ignored || stale >> 1 !== tail + 1) return false;
    this.#opens += stale & 1;
    return true;
  }

  /** Asks the sink what became of the failure that it was just told. */
  note(target: SyscallSink, id: number, tail: number): void {
    if (this.#tails[id] !== 0) return;
    const staleness = target.staleness?.() ?? "fresh";
    if (staleness !== "fresh") this.#tails[id] = tail * 2 + (staleness === "stale-open" ? 3 : 2);
  }

  /** A call of `pid` was told. */
  told(target: SyscallSink, pid: number, call: ReplayedCall): void {
    // getcwd tells what may end the indifference.
    if (call.out !== undefined) {
      this.turn();
    } else if (!this.#asked) {
      this.#asked = true;
      this.#ignored = target.ignores?.(pid) === true;
    }
  }

  /** Tells the sink how many opens it was not told of. */
  report(sink: SyscallSink): void {
    sink.passedOver?.(this.#opens);
    this.#opens = 0;
  }

  /** The numbers of texts start again. */
  forget(): void {
    this.#tails.fill(0);
  }
}
