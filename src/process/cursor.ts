import type { TraceSource } from "../model/trace-source.ts";
import type { Reading, TraceParser } from "./read-trace.ts";
import { EventSink, type SinkEvent } from "./sink-event.ts";

/** Bytes that are parsed at a time: of many files open at once, each should hold few events. */
const SLICE = 8192;

/** The events of one file of a `strace -ff` set, parsed as they are asked for. */
export class Cursor {
  readonly #parser: TraceParser;
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #events: SinkEvent[] = [];
  readonly #times: (number | null)[] = [];
  readonly #finished: (parser: TraceParser) => void;
  #head = 0;
  #chunk: Uint8Array = new Uint8Array();
  #ended = false;

  constructor(
    source: TraceSource,
    reading: Reading,
    finished: (parser: TraceParser) => void = () => {},
  ) {
    const sink = new EventSink((event) => {
      this.#events.push(event);
      this.#times.push(this.#parser.times.last);
    });
    this.#parser = reading.parserFor(sink, source, reading.signatures);
    this.#chunks = source.open(reading.options)[Symbol.asyncIterator]();
    this.#finished = finished;
  }

  /** Seconds of the line that the newest event came from; null without stamps. */
  get time(): number | null {
    return this.#times[this.#head - 1] ?? null;
  }

  /** The next event; null at the end of the file. */
  async next(): Promise<SinkEvent | null> {
    while (this.#head === this.#events.length) {
      this.#events.length = 0;
      this.#times.length = 0;
      this.#head = 0;
      if (this.#ended) return null;
      await this.#parseMore();
    }
    return this.#events[this.#head++] ?? null;
  }

  /** Closes a file that nobody will read to its end. */
  async close(): Promise<void> {
    if (!this.#ended) await this.#chunks.return?.();
    this.#ended = true;
  }

  async #parseMore(): Promise<void> {
    if (this.#chunk.length === 0) {
      const { value, done } = await this.#chunks.next();
      if (done) {
        this.#ended = true;
        this.#parser.end();
        this.#finished(this.#parser);
        return;
      }
      this.#chunk = value;
    }
    this.#parser.write(this.#chunk.subarray(0, SLICE));
    this.#chunk = this.#chunk.subarray(SLICE);
  }
}
