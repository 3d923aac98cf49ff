import type { ByteString } from "../model/byte-string.ts";
import type { Signature } from "../model/syscall.ts";

/** A call whose result has not come yet. */
export interface OpenCall {
  readonly name: string;
  readonly signature: Signature;
  /** The text so far, without ` <unfinished ...>`. */
  readonly head: ByteString;
  /** Where the arguments begin in `head`. */
  readonly at: number;
  readonly line: number;
  readonly pid: number | null;
  readonly time: number | null;
  readonly text: ByteString;
  /** True once strace said that this exec replaced its process: a proof of success. */
  superseding: boolean;
}

const NO_PID = -1;

/** The calls that are open now: at most one for each pid. */
export class OpenCalls {
  readonly #calls: Map<number, OpenCall> = new Map();

  /** Removes and returns the open call of `pid`. */
  take(pid: number | null): OpenCall | undefined {
    if (this.#calls.size === 0) return undefined;
    const key = pid ?? NO_PID;
    const call = this.#calls.get(key);
    if (call) this.#calls.delete(key);
    return call;
  }

  put(pid: number | null, call: OpenCall): void {
    this.#calls.set(pid ?? NO_PID, call);
  }

  peek(pid: number | null): OpenCall | undefined {
    return this.#calls.get(pid ?? NO_PID);
  }

  /**
   * Takes the call that `<... name resumed>` of `pid` ends where `pid` itself has none. On a terminal one
   * half can lack the `[pid N]` that the other has: then the only open call of that name fits.
   */
  takeUnlabelled(pid: number | null, name: string): OpenCall | undefined {
    return this.#takeOnly(
      (key, call) => call.name === name && (pid === null || key === NO_PID),
    );
  }

  /** Takes the only open exec: its thread's pid has become the leader's. */
  takeExec(): OpenCall | undefined {
    return this.#takeOnly((_, call) => call.name.startsWith("execve"));
  }

  /** Removes and returns all. */
  takeAll(): OpenCall[] {
    const calls = [...this.#calls.values()];
    this.#calls.clear();
    return calls;
  }

  #takeOnly(fits: (key: number, call: OpenCall) => boolean): OpenCall | undefined {
    let found: number | undefined;
    for (const [key, call] of this.#calls) {
      if (!fits(key, call)) continue;
      if (found !== undefined) return undefined;
      found = key;
    }
    if (found === undefined) return undefined;
    const call = this.#calls.get(found);
    this.#calls.delete(found);
    return call;
  }
}
