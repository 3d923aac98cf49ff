import { EncodingGate } from "../../model/encoding.ts";
import { endsWhole } from "../../model/line-end.ts";
import type { OpenFiles } from "./open-files.ts";
import { isDigit, stampAt } from "./stamp.ts";
import type { SurveyedFile } from "./survey.ts";

const NEWLINE = 0x0a;
const SPACE = 0x20;
const LESS = 0x3c;
const GREATER = 0x3e;
const NOTHING = new Uint8Array();
/** Longer numbers are times. */
const PID_DIGITS = 7;
/** What a parser gives up at; what a line has beyond is not needed. */
const LONGEST_LINE = 33 << 20;

/** One file of a `strace -ff` set, read line by line as its lines are asked for. */
export class FfFile {
  readonly pid: number;
  /** Number of the line at hand, from 1 on. */
  line = 1;
  /** Holds the line at hand, from `from` up to `stop`, where its newline is. */
  bytes: Uint8Array = NOTHING;
  from = 0;
  stop = -1;
  readonly #source: SurveyedFile["source"];
  readonly #files: OpenFiles;
  readonly #gate: EncodingGate = new EncodingGate((chunk) => this.#add(chunk));
  /** Null while the file is closed. */
  #chunks: AsyncIterator<Uint8Array> | null = null;
  /** Plain bytes that were read so far. */
  #read = 0;
  #end = 0;
  #ended = false;

  constructor({ source, pid }: SurveyedFile, files: OpenFiles) {
    this.pid = pid;
    this.#source = source;
    this.#files = files;
    files.begin();
  }

  /** True where a line is at hand. */
  get hasLine(): boolean {
    return this.stop >= this.from;
  }

  /** Goes to the next line; false when more of the file must be read for it. */
  advance(): boolean {
    this.from = this.stop + 1;
    this.line += 1;
    return this.#find(this.from);
  }

  /** Reads up to the end of the line at hand; false at the end of the file. */
  async load(): Promise<boolean> {
    while (!this.hasLine) {
      if (this.#ended) return false;
      const searched = this.#end - this.from;
      await this.#readMore();
      this.#find(this.from + searched);
    }
    return true;
  }

  /** Seconds of the line at hand; null where it has no stamp. */
  get time(): number | null {
    return stampAt(this.bytes, this.from + this.#ownLabel());
  }

  /** False for a line that says itself whose it is, or belongs to the line before. */
  get needsLabel(): boolean {
    const { bytes, from } = this;
    if (from === this.stop || isAttachment(bytes, from)) return false;
    return this.#ownLabel() === 0;
  }

  /** Closes the file until more of it is asked for. */
  async pause(): Promise<void> {
    await this.#chunks?.return?.();
    this.#chunks = null;
  }

  /** Length of the `[pid 1234] `, `1234 ` or `1234<comm> ` that newer versions can be told to write (--always-show-pid). */
  #ownLabel(): number {
    const { bytes, from } = this;
    let at = from;
    const isBracketed = bytes[at] === 0x5b && bytes[at + 1] === 0x70;
    if (isBracketed) for (at += 4; bytes[at] === SPACE; ) at++;
    const digits = at;
    while (isDigit(bytes[at])) at++;
    if (at === digits || at - digits > PID_DIGITS) return 0;
    if (bytes[at] === LESS) at = bytes.indexOf(GREATER, at) + 1;
    if (isBracketed && bytes[at++] !== 0x5d) return 0;
    if (bytes[at] !== SPACE) return 0;
    while (bytes[at] === SPACE) at++;
    return at - from;
  }

  #find(from: number): boolean {
    const { bytes } = this;
    const found = from < this.#end ? bytes.indexOf(NEWLINE, from) : -1;
    this.stop = found >= this.#end ? -1 : found;
    return this.stop >= 0;
  }

  async #readMore(): Promise<void> {
    await this.#files.use(this);
    this.#chunks ??= this.#open();
    const { value, done } = await this.#chunks.next();
    if (done === true) {
      this.#files.end(this);
      this.#ended = true;
      this.#gate.end();
      this.#finish();
      return;
    }
    this.#read += value.length;
    this.#files.bytes += value.length;
    this.#gate.write(value);
  }

  #open(): AsyncIterator<Uint8Array> {
    return this.#source.open({ ...this.#files.options, from: this.#read })[Symbol.asyncIterator]();
  }

  /** Puts bytes behind those that are left. */
  #add(chunk: Uint8Array): void {
    const left = this.#end - this.from;
    if (left > LONGEST_LINE && !chunk.includes(NEWLINE)) return;
    if (left + chunk.length > this.bytes.length) {
      const bytes = new Uint8Array(Math.max(2 * left, left + chunk.length));
      bytes.set(this.bytes.subarray(this.from, this.#end));
      this.bytes = bytes;
    } else {
      this.bytes.copyWithin(0, this.from, this.#end);
    }
    this.from = 0;
    this.bytes.set(chunk, left);
    this.#end = left + chunk.length;
  }

  /** A last line without a newline gets one, if it says enough. */
  #finish(): void {
    if (this.#end === this.from) return;
    const line = Buffer.from(this.bytes.subarray(this.from, this.#end)).toString("latin1");
    if (!endsWhole(line)) this.#files.isCut = true;
    if (ENOUGH.test(line.slice(-TAIL))) this.#add(Uint8Array.of(NEWLINE));
    else {
      this.#end = this.from;
      this.#files.droppedLines += 1;
    }
  }
}

/** Bytes that show whether a line says enough, and what the end of one that does looks like. */
const TAIL = 256;
const ENOUGH = /\) += \S[^"]*$|\.\.\.>$|\+\+\+$|---$/;

/** Stack frames (` > `) and dumps of what was read (` | `, ` * `) are parts of the call before. */
function isAttachment(bytes: Uint8Array, at: number): boolean {
  const mark = bytes[at + 1];
  if (bytes[at] !== SPACE || bytes[at + 2] !== SPACE) return false;
  return mark === 0x7c || mark === 0x3e || mark === 0x2a;
}
