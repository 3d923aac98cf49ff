import type { ByteString } from "../../model/byte-string.ts";
import { type RepeatSink, UNTOLD } from "../../model/syscall-sink.ts";
import type { OpenCall } from "../pending.ts";
import type { Plan } from "../plan.ts";
import type { BegunText } from "./call-text.ts";

/** A call that the fast lane saw begin. The careful lane can go on with it. */
export class BegunCall implements OpenCall {
  readonly plan: Plan;
  readonly head: ByteString;
  readonly at: number;
  readonly line: number;
  readonly pid: number;
  readonly time: null = null;
  readonly text: ByteString;
  readonly superseding: boolean = false;
  readonly begun: BegunText;
  /** Number of its text, as long as the numbers of that era are in use. */
  readonly id: number;
  readonly era: number;
  /** What the sink returned when the call began. */
  readonly place: number;
  readonly #sink: RepeatSink;

  constructor(
    begun: BegunText,
    id: number,
    era: number,
    pid: number,
    line: number,
    text: ByteString,
    place: number,
    sink: RepeatSink,
  ) {
    this.plan = begun.plan;
    this.head = begun.text;
    this.at = begun.at;
    this.line = line;
    this.pid = pid;
    this.text = text;
    this.begun = begun;
    this.id = id;
    this.era = era;
    this.place = place;
    this.#sink = sink;
  }

  handOver(): void {
    if (this.place !== UNTOLD) this.#sink.inside(this.pid, this.line, this.place);
  }
}
