import type { ByteString } from "../model/byte-string.ts";
import type { Plan } from "./plan.ts";

/** A call whose end has not come yet. */
export interface OpenCall {
  readonly plan: Plan;
  /** The text so far, without ` <unfinished ...>`. */
  readonly head: ByteString;
  /** Where the arguments begin in `head`. */
  readonly at: number;
  readonly line: number;
  readonly pid: number | null;
  readonly time: number | null;
  readonly text: ByteString;
  /** True once strace said that this exec replaced its process: a proof of success. */
  readonly superseding: boolean;
}

const NO_PID = -1;
/** Among more open calls than these, "the only one of that name" is not worth the search. */
const MOST_SEARCHED = 64;

/** The calls that are open now: at most one for each pid. */
export class OpenCalls {
  readonly #calls: Map<number, OpenCall> = new Map();
  /** Pids that are inside of an exec. */
  readonly #execs: Set<number> = new Set();

  /** Removes and returns the open call of `pid`. */
  take(pid: number | null): OpenCall | undefined {
    if (this.#calls.size === 0) return undefined;
    return this.#take(pid ?? NO_PID);
  }

  /** The open call of `pid`, which stays. */
  peek(pid: number): OpenCall | undefined {
    return this.#calls.get(pid);
  }

  put(pid: number | null, call: OpenCall): void {
    const key = pid ?? NO_PID;
    this.#calls.set(key, call);
    if (isExec(call.plan.name)) this.#execs.add(key);
    else this.#execs.delete(key);
  }

  /**
   * Takes the call that `<... name resumed>` of `pid` ends where `pid` itself has none. On a terminal one
   * half can lack the `[pid N]` that the other has: then the only open call of that name fits.
   */
  takeUnlabelled(pid: number | null, name: string): OpenCall | undefined {
    if (pid !== null) {
      return this.#calls.get(NO_PID)?.plan.name === name ? this.#take(NO_PID) : undefined;
    }
    if (this.#calls.size > MOST_SEARCHED) return undefined;
    const fitting = [...this.#calls].filter(([, call]) => call.plan.name === name);
    const [only, more] = fitting;
    return only && !more ? this.#take(only[0]) : undefined;
  }

  /** Takes the only open exec: its thread's pid has become the leader's. */
  takeExec(): OpenCall | undefined {
    const [only, more] = this.#execs;
    return only !== undefined && more === undefined ? this.#take(only) : undefined;
  }

  /** Removes and returns all. */
  takeAll(): OpenCall[] {
    const calls = [...this.#calls.values()];
    this.#calls.clear();
    this.#execs.clear();
    return calls;
  }

  #take(key: number): OpenCall | undefined {
    const call = this.#calls.get(key);
    if (call) {
      this.#calls.delete(key);
      this.#execs.delete(key);
    }
    return call;
  }
}

/** True for execve and execveat. */
export function isExec(name: string): boolean {
  return name.startsWith("execve");
}
