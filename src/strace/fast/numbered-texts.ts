import type { ByteString } from "../../model/byte-string.ts";
import { ENDED, type RepeatSink } from "../../model/syscall-sink.ts";
import type { BegunText, CallTexts, RestText } from "./call-text.ts";
import type { ReplayedCall } from "./replayed-call.ts";
import { MOST_TEXTS, type Scanner } from "./scanner.ts";
import { NO_TAIL, readTail, type Tail } from "./tail.ts";

/** Keeps the ends apart from what stands for none. */
const OFFSET = 4;
const SAYS_MORE = 1;

/** What the scanner's numbers stand for, each read when it is first asked for. Null: for the careful lane. */
export class NumberedTexts {
  readonly #scanner: Scanner;
  readonly #texts: CallTexts;
  #wholes: (ReplayedCall | null | undefined)[] = [];
  #begun: (BegunText | null | undefined)[] = [];
  #rests: (RestText | null | undefined)[] = [];
  #tails: (Tail | null | undefined)[] = [];
  #failures: (Tail | null | undefined)[] = [];
  #era = 0;
  /** By the number of a tail, what `ended` found plus {@link OFFSET}; 0 for not asked yet. */
  readonly #doneEnds: Int32Array = new Int32Array(MOST_TEXTS);
  readonly #failedEnds: Int32Array = new Int32Array(MOST_TEXTS);

  constructor(scanner: Scanner, texts: CallTexts) {
    this.#scanner = scanner;
    this.#texts = texts;
  }

  whole(id: number): ReplayedCall | null {
    return this.#wholes[id] ?? this.#look(this.#wholes, id, (text) => this.#texts.whole(text));
  }

  text(id: number): ByteString {
    return this.#scanner.text(id);
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

  /**
   * How a call ended, as {@link ENDED} says, or with which path behind its result; null where the tail says more
   * than that, or cannot be read.
   */
  ended(id: number, failed: boolean, sink: RepeatSink): number | null {
    if (id === 0) return failed ? ENDED.failed : ENDED.done;
    const ends = failed ? this.#failedEnds : this.#doneEnds;
    const known = ends[id] ?? 0;
    if (known > SAYS_MORE) return known - OFFSET;
    if (known === SAYS_MORE) return null;
    const tail = this.tail(id, failed);
    const ended = tail === null ? null : endOf(tail, failed, sink);
    ends[id] = ended === null ? SAYS_MORE : ended + OFFSET;
    return ended;
  }

  /** How often the numbers started again. */
  get era(): number {
    return this.#era;
  }

  /** The scanner's numbers start again. */
  forget(): void {
    this.#era += 1;
    this.#doneEnds.fill(0);
    this.#failedEnds.fill(0);
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

function endOf(
  { errno, path, pid, injected }: Tail,
  failed: boolean,
  sink: RepeatSink,
): number | null {
  if (injected || pid !== null) return null;
  if (!failed) return errno !== null ? null : path === null ? ENDED.done : sink.pathId(path);
  if (path !== null) return null;
  return errno === "ENOENT" ? ENDED.missing : ENDED.failed;
}
