import type { ByteString } from "../../model/byte-string.ts";
import type { RepeatedCall, RepeatSink } from "../../model/syscall-sink.ts";
import type { QuoteLine } from "./replayed-call.ts";

/** Tells of calls in numbers, with the same object each time. */
export class Repetition implements RepeatedCall {
  notes: Int32Array = new Int32Array(0);
  at = 0;
  result = 0;
  ended = 0;
  place = 0;
  line = 0;
  readonly #quote: QuoteLine;

  constructor(quote: QuoteLine) {
    this.#quote = quote;
  }

  get text(): ByteString {
    return this.#quote();
  }

  /** Fields as in {@link RepeatedCall}; returns what the sink does. */
  tell(
    target: RepeatSink,
    notes: Int32Array,
    at: number,
    result: number,
    ended: number,
    place: number,
    line: number,
  ): boolean {
    this.notes = notes;
    this.at = at;
    this.result = result;
    this.ended = ended;
    this.place = place;
    this.line = line;
    return target.repeated(this);
  }
}
