import type { ByteString } from "../model/byte-string.ts";
import type { GlobProgram } from "./glob-program.ts";

/** All places of the program that the machine can be at after the same bytes. */
interface State {
  readonly places: readonly number[];
  readonly accepts: boolean;
  /** By byte: the state that follows, once it was needed. */
  readonly next: (State | undefined)[];
}

/** Told of every place of the program that a state is made of, which is where the time goes. */
export type Spend = (places: number) => void;

/**
 * Runs a glob program over texts, a table look-up a byte. It is at all its possible places at once, so no glob makes it
 * slow: backtracking takes exponential time for `*a*a*a*b`. States are made when first met; following the places of the
 * program for each byte anew took thirty times as long.
 */
export class GlobMachine {
  readonly #program: GlobProgram;
  readonly #spend: Spend;
  readonly #states: Map<string, State> = new Map();
  #start: State;

  constructor(program: GlobProgram, spend: Spend = () => {}) {
    this.#program = program;
    this.#spend = spend;
    this.#start = this.#stateAt([0]);
  }

  /** True when the program accepts the whole text. */
  accepts(text: ByteString): boolean {
    let state = this.#start;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      state = state.next[code] ?? this.#follow(state, code);
      if (state.places.length === 0) return false;
    }
    return state.accepts;
  }

  #follow(state: State, code: number): State {
    const reached: number[] = [];
    for (const place of state.places) {
      const step = this.#program[place];
      if (step?.op === "read" && step.members[code] === 1) reached.push(place + 1);
    }
    const next = this.#stateAt(reached);
    state.next[code] = next;
    return next;
  }

  /** The state at these places and at those that they lead to without reading. */
  #stateAt(places: readonly number[]): State {
    const all = new Set<number>();
    const waiting = [...places];
    for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
      if (all.has(place)) continue;
      all.add(place);
      const step = this.#program[place];
      if (step?.op === "fork") waiting.push(step.to, step.or);
    }
    this.#spend(all.size);
    const sorted = [...all].sort((a, b) => a - b);
    const key = sorted.join(" ");
    const known = this.#states.get(key);
    if (known) return known;
    if (this.#states.size >= MOST_STATES) this.#forget();
    const accepts = all.has(this.#program.length - 1);
    const state: State = { places: sorted, accepts, next: [] };
    this.#states.set(key, state);
    return state;
  }

  /** Starts over with no states but the first: a hostile glob has exponentially many. */
  #forget(): void {
    this.#states.clear();
    this.#start = { ...this.#start, next: [] };
    this.#states.set(this.#start.places.join(" "), this.#start);
  }
}

const MOST_STATES = 1000;
