import type { ByteString } from "../../model/byte-string.ts";
import { type RepeatSink, UNTOLD } from "../../model/syscall-sink.ts";
import type { OpenCall } from "../pending.ts";
import type { Plan } from "../plan.ts";
import type { BegunText } from "./call-text.ts";
import type { Scanner } from "./scanner.ts";

/** A call that the fast lane saw begin. The careful lane can go on with it. */
export class BegunCall implements OpenCall {
  readonly plan: Plan;
  readonly head: ByteString;
  readonly at: number;
  readonly line: number;
  readonly pid: number;
  readonly time: null = null;
  text: ByteString = "";
  readonly superseding: boolean = false;
  readonly begun: BegunText;
  /** Number of its text, as long as the numbers of that era are in use. */
  readonly id: number;
  readonly era: number;
  /** What the sink returned when the call began. */
  readonly place: number;
  /** Set by who ends it: nobody asks for its line any more. */
  isOver = false;
  readonly #sink: RepeatSink;
  #scanner: Scanner | null = null;
  #from = 0;
  #stop = 0;

  constructor(
    begun: BegunText,
    id: number,
    era: number,
    pid: number,
    line: number,
    place: number,
    sink: RepeatSink,
  ) {
    this.plan = begun.plan;
    this.head = begun.text;
    this.at = begun.at;
    this.line = line;
    this.pid = pid;
    this.begun = begun;
    this.id = id;
    this.era = era;
    this.place = place;
    this.#sink = sink;
  }

  /** Its line lies in the scanner's memory, until {@link keepText}: most calls are over before that, and nobody asks. */
  lies(scanner: Scanner, from: number, stop: number): this {
    this.#scanner = scanner;
    this.#from = from;
    this.#stop = stop;
    return this;
  }

  /** To be told before the scanner's memory is used again. */
  keepText(): ByteString {
    if (this.#scanner !== null) this.text = this.#scanner.slice(this.#from, this.#stop);
    this.#scanner = null;
    return this.text;
  }

  handOver(): void {
    this.keepText();
    const { begun, pid, line, place } = this;
    if (place !== UNTOLD) this.#sink.inside(begun.parsed, pid, line, place);
  }
}
