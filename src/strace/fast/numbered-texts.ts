import type { BegunText, CallTexts, RestText } from "./call-text.ts";
import type { ReplayedCall } from "./replayed-call.ts";
import type { Scanner } from "./scanner.ts";
import { NO_TAIL, readTail, type Tail } from "./tail.ts";

/** What the scanner's numbers stand for, each read when it is first asked for. Null: for the careful lane. */
export class NumberedTexts {
  readonly #scanner: Scanner;
  readonly #texts: CallTexts;
  #wholes: (ReplayedCall | null | undefined)[] = [];
  #begun: (BegunText | null | undefined)[] = [];
  #rests: (RestText | null | undefined)[] = [];
  #tails: (Tail | null | undefined)[] = [];
  #failures: (Tail | null | undefined)[] = [];

  constructor(scanner: Scanner, texts: CallTexts) {
    this.#scanner = scanner;
    this.#texts = texts;
  }

  whole(id: number): ReplayedCall | null {
    return this.#wholes[id] ?? this.#look(this.#wholes, id, (text) => this.#texts.whole(text));
  }

  begun(id: number): BegunText | null {
    return this.#begun[id] ?? this.#look(this.#begun, id, (text) => this.#texts.begun(text));
  }

  rest(id: number): RestText | null {
    return this.#rests[id] ?? this.#look(this.#rests, id, (text) => this.#texts.rest(text));
  }

  /** What stood behind a result, which `failed` says was -1. */
  tail(id: number, failed: boolean): Tail | null {
    if (id === 0) return NO_TAIL;
    const tails = failed ? this.#failures : this.#tails;
    return tails[id] ?? this.#look(tails, id, (text) => readTail(text, failed));
  }

  /** The numbers start again. */
  forget(): void {
    this.#scanner.forget();
    this.#wholes = [];
    this.#begun = [];
    this.#rests = [];
    this.#tails = [];
    this.#failures = [];
  }

  #look<T>(
    known: (T | null | undefined)[],
    id: number,
    read: (text: string) => T | null,
  ): T | null {
    const before = known[id];
    if (before !== undefined) return before;
    // Dense, with `undefined` for what was not asked for yet: holes are slow to read.
    while (known.length < id) known.push(undefined);
    const value = read(this.#scanner.text(id));
    known[id] = value;
    return value;
  }
}
