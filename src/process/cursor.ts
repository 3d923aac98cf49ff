import type { TraceSource } from "../model/trace-source.ts";
import type { OpenFiles } from "./open-files.ts";
import type { Reading, TraceParser } from "./read-trace.ts";
import { EventSink, type SinkEvent } from "./sink-event.ts";

const NOTHING = new Uint8Array();

/** The events of one file of a `strace -ff` set, parsed as they are asked for. */
export class Cursor {
  readonly #source: TraceSource;
  readonly #reading: Reading;
  readonly #files: OpenFiles;
  readonly #parser: TraceParser;
  readonly #events: SinkEvent[] = [];
  readonly #times: (number | null)[] = [];
  readonly #finished: (parser: TraceParser) => void;
  #head = 0;
  /** Null while the file is closed. */
  #chunks: AsyncIterator<Uint8Array> | null = null;
  #chunk: Uint8Array = NOTHING;
  /** Bytes that the parser has. */
  #parsed = 0;
  #ended = false;

  constructor(
    source: TraceSource,
    reading: Reading,
    files: OpenFiles,
    finished: (parser: TraceParser) => void = () => {},
  ) {
    const sink = new EventSink((event) => {
      this.#events.push(event);
      this.#times.push(this.#parser.times.last);
    });
    this.#source = source;
    this.#reading = reading;
    this.#files = files;
    this.#parser = reading.parserFor(sink, source, reading.signatures);
    this.#finished = finished;
    files.begin();
  }

  /** Seconds of the line that the newest event came from; null without stamps. */
  get time(): number | null {
    return this.#times[this.#head - 1] ?? null;
  }

  /** The next event, if it is parsed already: to wait for each one took a tenth of the time. */
  take(): SinkEvent | undefined {
    return this.#events[this.#head++];
  }

  /** The next event; null at the end of the file. */
  async next(): Promise<SinkEvent | null> {
    while (this.#head >= this.#events.length) {
      this.#events.length = 0;
      this.#times.length = 0;
      this.#head = 0;
      if (this.#ended) return null;
      await this.#parseMore();
    }
    return this.take() ?? null;
  }

  /** Closes the file until more of it is asked for. */
  async pause(): Promise<void> {
    await this.#chunks?.return?.();
    this.#chunks = null;
    this.#chunk = NOTHING;
  }

  /** Closes a file that nobody will read to its end. */
  async close(): Promise<void> {
    if (this.#ended) return;
    this.#end();
    await this.pause();
  }

  async #parseMore(): Promise<void> {
    if (this.#chunk.length === 0) {
      await this.#files.use(this);
      this.#chunks ??= this.#open();
      const { value, done } = await this.#chunks.next();
      if (done) {
        this.#end();
        this.#parser.end();
        this.#finished(this.#parser);
        return;
      }
      this.#chunk = value;
    }
    const slice = this.#chunk.subarray(0, this.#files.slice);
    this.#parser.write(slice);
    this.#parsed += slice.length;
    this.#chunk = this.#chunk.subarray(slice.length);
  }

  #open(): AsyncIterator<Uint8Array> {
    const own = new Uint8Array(this.#files.room);
    const options = { ...this.#reading.options, room: () => own, from: this.#parsed };
    return this.#source.open(options)[Symbol.asyncIterator]();
  }

  #end(): void {
    this.#ended = true;
    this.#files.end(this);
  }
}
