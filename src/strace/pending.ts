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
  /** Tells what was not told yet, since somebody else goes on with the call. */
  handOver?(): void;
}

/** Where the open call of a pid is kept, from one call to the next. */
export interface Seat {
  call: OpenCall | undefined;
}

const NO_PID = -1;
/** Among more open calls than these, "the only one of that name" is not worth the search. */
const MOST_SEARCHED = 64;

/** Seats of pids that are inside of no call are given up when there are so many, and at least half are so. */
const MOST_SEATS = 1024;

/** The calls that are open now: at most one for each pid. */
export class OpenCalls {
  readonly #seats: Map<number, Seat> = new Map();
  #open = 0;
  #mostSeats = MOST_SEATS;
  /** Pids that are inside of an exec. */
  readonly #execs: Set<number> = new Set();

  /** Removes and returns the open call of `pid`. */
  take(pid: number | null): OpenCall | undefined {
    if (this.#open === 0) return undefined;
    return this.#take(pid ?? NO_PID);
  }

  /** The seat of `pid`, to be used before the next one is asked for. */
  seatOf(pid: number): Seat {
    const known = this.#seats.get(pid);
    if (known !== undefined) return known;
    if (this.#seats.size >= this.#mostSeats) this.#clearOut();
    const seat: Seat = { call: undefined };
    this.#seats.set(pid, seat);
    return seat;
  }

  put(pid: number | null, call: OpenCall): void {
    const key = pid ?? NO_PID;
    this.fill(this.seatOf(key), call);
    if (isExec(call.plan.name)) this.#execs.add(key);
    else this.#execs.delete(key);
  }

  /** Puts a call that is no exec into a seat. */
  fill(seat: Seat, call: OpenCall): void {
    if (seat.call === undefined) this.#open += 1;
    seat.call = call;
  }

  /** Empties the seat of a call that is no exec, and that nobody else must be told of. */
  empty(seat: Seat): void {
    if (seat.call !== undefined) this.#open -= 1;
    seat.call = undefined;
  }

  /**
   * Takes the call that `<... name resumed>` of `pid` ends where `pid` itself has none. On a terminal one
   * half can lack the `[pid N]` that the other has: then the only open call of that name fits.
   */
  takeUnlabelled(pid: number | null, name: string): OpenCall | undefined {
    if (this.#open === 0) return undefined;
    if (pid !== null) {
      return this.#seats.get(NO_PID)?.call?.plan.name === name ? this.#take(NO_PID) : undefined;
    }
    if (this.#open > MOST_SEARCHED) return undefined;
    const fitting = [...this.#seats].filter(([, { call }]) => call?.plan.name === name);
    const [only, more] = fitting;
    return only && !more ? this.#take(only[0]) : undefined;
  }

  /** Takes the only open exec: its thread's pid has become the leader's. */
  takeExec(): OpenCall | undefined {
    const [only, more] = this.#execs;
    return only !== undefined && more === undefined ? this.#take(only) : undefined;
  }

  /** Removes and returns all, in the order in which they began. */
  takeAll(): OpenCall[] {
    const calls = [...this.#seats.keys()].map((pid) => this.#take(pid));
    this.#seats.clear();
    return calls.filter((call) => call !== undefined).sort((a, b) => a.line - b.line);
  }

  #take(key: number): OpenCall | undefined {
    const seat = this.#seats.get(key);
    const call = seat?.call;
    if (seat === undefined || call === undefined) return undefined;
    this.empty(seat);
    this.#execs.delete(key);
    call.handOver?.();
    return call;
  }

  #clearOut(): void {
    for (const [pid, { call }] of this.#seats) if (call === undefined) this.#seats.delete(pid);
    this.#mostSeats = Math.max(MOST_SEATS, 2 * this.#seats.size);
  }
}

/** True for execve and execveat. */
export function isExec(name: string): boolean {
  return name.startsWith("execve");
}
