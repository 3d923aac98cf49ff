import type { ByteString } from "../../model/byte-string.ts";
import type { Signature } from "../../model/syscall.ts";
import type { SyscallSink } from "../../model/syscall-sink.ts";
import type { TraceCounts } from "../../model/trace-counts.ts";
import { StraceParser, type StraceParserOptions } from "../parser.ts";
import type { OpenCall } from "../pending.ts";
import { Plans } from "../plan.ts";
import { type BegunText, CallTexts, type RestText } from "./call-text.ts";
import { FIELD, KIND, NAME, RECORD_FIELDS } from "./records.ts";
import type { ReplayedCall } from "./replayed-call.ts";
import { MOST_TEXTS, Scanner } from "./scanner.ts";
import { NO_TAIL, readTail, type Tail } from "./tail.ts";
import type { WasmModule } from "./web-assembly.ts";

const NEWLINE = 0x0a;
/** Lines that the careful lane reads first: it finds out what stands before the lines of this log. */
const FIRST_LINES = 32;
const NOBODY = -1;
const HIGH = 2 ** 32;

/** An open call that the fast lane saw begin. */
interface FastOpenCall extends OpenCall {
  readonly begun: BegunText;
}

/**
 * Reads a log like a {@link StraceParser}, which gets each line that is not plain, and tells the same.
 * The scanner gives each text of a call a number; the first time it is decoded, from then on told again.
 */
export class FastParser {
  readonly #careful: StraceParser;
  readonly #sink: SyscallSink;
  readonly #scanner: Scanner;
  readonly #texts: CallTexts;
  #wholes: (ReplayedCall | null)[] = [];
  #begun: (BegunText | null)[] = [];
  #rests: (RestText | null)[] = [];
  #tails: (Tail | null)[] = [];
  #failures: (Tail | null)[] = [];
  /** For each text, the tail with which it is stale: tail * 2 + 2, one more for opens; 0 while it is fresh. */
  #stale: Int32Array = new Int32Array(MOST_TEXTS);
  #staleOpens = 0;
  /** Whether stale calls of this pid may be passed over: asked once a line of it was told. */
  #ignores = false;
  #settled = false;
  /** Bytes of the input region that are filled. */
  #filled = 0;
  /** The line that is being read, and a text that stands for it where the call began in another one. */
  #from = 0;
  #stop = 0;
  #ownText: ByteString | null = null;
  /** The pid of the line before, where to tell of it, and the call that it is inside of. */
  #pid = NOBODY;
  #target: SyscallSink | null = null;
  #open: OpenCall | undefined = undefined;
  /** Inside of a line that is too long for the input region. */
  #long = false;

  constructor(module: WasmModule, options: StraceParserOptions) {
    this.#careful = new StraceParser(options);
    this.#sink = options.sink;
    this.#scanner = new Scanner(module);
    this.#texts = new CallTexts(new Plans(options.signatures), () => this.#quote());
    for (const [name, signature] of options.signatures) {
      this.#scanner.addName(name, kindOfName(name, signature));
    }
  }

  get counts(): TraceCounts {
    return this.#careful.counts;
  }

  get times(): StraceParser["times"] {
    return this.#careful.times;
  }

  /** Where the next chunk is best put: behind what is left of the last one. */
  readonly room = (): Uint8Array => {
    const { memory, input, inputBytes } = this.#scanner;
    return memory.subarray(input + this.#filled, input + inputBytes);
  };

  write(chunk: Uint8Array): void {
    const { memory, input, inputBytes } = this.#scanner;
    for (let at = 0; at < chunk.length; ) {
      const place = input + this.#filled;
      const length = Math.min(chunk.length - at, inputBytes - this.#filled);
      if (chunk.buffer !== memory.buffer || chunk.byteOffset + at !== place) {
        memory.set(chunk.subarray(at, at + length), place);
      }
      at += length;
      this.#filled += length;
      this.#read();
    }
  }

  end(): void {
    const { memory, input } = this.#scanner;
    this.#careful.write(memory.subarray(input, input + this.#filled));
    this.#filled = 0;
    this.#reportStale();
    this.#careful.end();
  }

  #reportStale(): void {
    this.#sink.passedOver?.(this.#staleOpens);
    this.#staleOpens = 0;
  }

  /** Reads all whole lines of the input region, and moves what is left to its front. */
  #read(): void {
    const { memory, input, inputBytes } = this.#scanner;
    const filled = input + this.#filled;
    let from = input;
    if (this.#long) from = this.#endLongLine(filled);
    const end = memory.subarray(input, filled).lastIndexOf(NEWLINE) + 1 + input;
    while (from < end) from = this.#isReady() ? this.#scan(from, end) : this.#readFirst(from, end);
    // What is left fills half of the region: no room for a chunk behind it.
    if (filled - from > inputBytes / 2) {
      this.#careful.write(memory.subarray(from, filled));
      this.#long = true;
      from = filled;
    }
    memory.copyWithin(input, from, filled);
    this.#filled = filled - from;
  }

  #endLongLine(filled: number): number {
    const { memory, input } = this.#scanner;
    const newline = memory.subarray(input, filled).indexOf(NEWLINE);
    const end = newline < 0 ? filled : input + newline + 1;
    this.#careful.write(memory.subarray(input, end));
    this.#long = newline < 0;
    return end;
  }

  #isReady(): boolean {
    return this.#careful.isPlain && !this.#careful.isTorn;
  }

  #readFirst(from: number, end: number): number {
    const { memory } = this.#scanner;
    let at = from;
    const lines = this.#careful.isPlain ? 1 : FIRST_LINES;
    for (let line = 0; line < lines && at < end; line++) at = memory.indexOf(NEWLINE, at) + 1;
    this.#careful.write(memory.subarray(from, at));
    this.#pid = NOBODY;
    return at;
  }

  /** Scans as many lines as there are records for; returns where to go on. */
  #scan(from: number, end: number): number {
    const scanner = this.#scanner;
    const careful = this.#careful;
    const count = scanner.scan(from, end);
    if (scanner.isFull) {
      this.#forget();
      return from;
    }
    const { records } = scanner;
    const before = careful.counts.lines;
    let told = 0;
    let dull = 0;
    let calls = 0;
    let bytesFrom = from;
    for (let index = 0; index < count; index++) {
      const at = index * RECORD_FIELDS;
      this.#from = records[at + FIELD.line] ?? 0;
      this.#stop = records[at + FIELD.stop] ?? 0;
      const lines = records[at + FIELD.lines] ?? 0;
      const done = this.#tell(at, before + lines);
      if (done >= 0) {
        calls += done;
        continue;
      }
      const dullNow = records[at + FIELD.dull] ?? 0;
      careful.passOver(lines - 1 - told, dullNow - dull + calls, this.#from - bytesFrom);
      this.#hand(at);
      told = lines;
      dull = dullNow;
      calls = 0;
      bytesFrom = this.#stop + 1;
      this.#pid = NOBODY;
      // The rest of a torn call can be anything: records of the lines behind it are not to be trusted.
      if (careful.isTorn) return bytesFrom;
    }
    this.#reportStale();
    const { scanEnd } = scanner;
    careful.passOver(
      scanner.scannedLines - told,
      scanner.dullCalls - dull + calls,
      scanEnd - bytesFrom,
    );
    return scanEnd;
  }

  /** Hands a line to the careful lane: whole where it must be cleaned first, else past what cuts lines there. */
  #hand(at: number): void {
    const { records, memory } = this.#scanner;
    if (records[at + FIELD.kind] === KIND.dirty) {
      this.#careful.write(memory.subarray(this.#from, this.#stop + 1));
      return;
    }
    this.#careful.passOver(0, 0, this.#stop + 1 - this.#from);
    this.#careful.line(this.#scanner.slice(this.#from, this.#stop), false);
  }

  /** Tells of one record: how many calls that ended, or -1 when the careful lane must read the line. */
  #tell(at: number, line: number): number {
    const { records } = this.#scanner;
    const kind = records[at + FIELD.kind];
    if (kind === KIND.careful || kind === KIND.dirty) return -1;
    const pid = records[at + FIELD.pid] ?? 0;
    if (pid !== this.#pid) this.#turnTo(pid);
    if (this.#target === null) return -1;
    const id = records[at + FIELD.call] ?? 0;
    if (kind === KIND.resumed) return this.#resume(this.#target, id, at, line);
    // A new line of a pid that is inside of a call: that one is over, unseen.
    if (this.#open !== undefined) return -1;
    if (kind === KIND.begun) return this.#begin(this.#target, id, line);
    const stale = this.#stale[id] ?? 0;
    if (stale !== 0 && this.#passesOver(stale, at)) return 1;
    let call = this.#wholes[id];
    if (call === undefined) {
      call = this.#texts.whole(this.#scanner.text(id));
      put(this.#wholes, id, call);
    }
    const tail = this.#tailOf(at);
    if (call === null || tail === null) return -1;
    call.pid = pid;
    call.line = line;
    call.endLine = line;
    this.#ownText = null;
    this.#target.finished(call.conclude(resultOf(records, at), tail));
    if (stale === 0 && hasFailed(records, at)) this.#noteStaleness(this.#target, id, at);
    if (!this.#settled) {
      // getcwd tells what may end the indifference.
      this.#settled = call.out === undefined;
      this.#ignores = this.#settled && this.#target.ignores?.(pid) === true;
    } else if (call.out !== undefined) {
      this.#settled = false;
      this.#ignores = false;
    }
    return 1;
  }

  #passesOver(stale: number, at: number): boolean {
    const { records } = this.#scanner;
    if (!this.#ignores || !hasFailed(records, at)) return false;
    if (stale >> 1 !== (records[at + FIELD.tail] ?? 0) + 1) return false;
    this.#staleOpens += stale & 1;
    return true;
  }

  #noteStaleness(target: SyscallSink, id: number, at: number): void {
    const staleness = target.staleness?.() ?? "fresh";
    if (staleness === "fresh") return;
    const tail = this.#scanner.records[at + FIELD.tail] ?? 0;
    this.#stale[id] = tail * 2 + 2 + (staleness === "stale-open" ? 1 : 0);
  }

  #begin(target: SyscallSink, id: number, line: number): number {
    let begun = this.#begun[id];
    if (begun === undefined) {
      begun = this.#texts.begun(this.#scanner.text(id));
      put(this.#begun, id, begun);
    }
    if (begun === null) return -1;
    const { plan, text: head, call } = begun;
    const pid = this.#pid;
    this.#ownText = null;
    call.pid = pid;
    call.line = line;
    call.endLine = line;
    target.entered(call);
    const open: FastOpenCall = {
      plan,
      head,
      at: head.indexOf("(") + 1,
      line,
      pid,
      time: null,
      text: this.#quote(),
      superseding: false,
      begun,
    };
    this.#careful.hold(pid, open);
    this.#open = open;
    return 0;
  }

  #resume(target: SyscallSink, id: number, at: number, line: number): number {
    const open = this.#open;
    if (open === undefined || !isFast(open)) return -1;
    let rest = this.#rests[id];
    if (rest === undefined) {
      rest = this.#texts.rest(this.#scanner.text(id));
      put(this.#rests, id, rest);
    }
    if (rest === null || rest.name !== open.plan.name) return -1;
    const call = this.#texts.joined(open.begun, rest);
    const tail = this.#tailOf(at);
    if (call === null || tail === null) return -1;
    this.#careful.release(this.#pid);
    this.#open = undefined;
    call.pid = this.#pid;
    call.line = open.line;
    call.endLine = line;
    this.#ownText = open.text;
    target.finished(call.conclude(resultOf(this.#scanner.records, at), tail));
    return 1;
  }

  #turnTo(pid: number): void {
    this.#pid = pid;
    this.#target = this.#sink.behind?.(pid) ?? null;
    this.#open = this.#careful.openCallOf(pid);
    this.#settled = false;
    this.#ignores = false;
  }

  #tailOf(at: number): Tail | null {
    const { records } = this.#scanner;
    const id = records[at + FIELD.tail] ?? 0;
    if (id === 0) return NO_TAIL;
    const failed = hasFailed(records, at);
    const tails = failed ? this.#failures : this.#tails;
    let tail = tails[id];
    if (tail === undefined) {
      tail = readTail(this.#scanner.text(id), failed);
      put(tails, id, tail);
    }
    return tail;
  }

  #forget(): void {
    this.#scanner.forget();
    this.#wholes = [];
    this.#begun = [];
    this.#rests = [];
    this.#tails = [];
    this.#failures = [];
    this.#stale.fill(0);
  }

  #quote(): ByteString {
    return this.#ownText ?? this.#scanner.slice(this.#from, this.#stop);
  }
}

function resultOf(records: Int32Array, at: number): number {
  const low = records[at + FIELD.resultLow] ?? 0;
  const high = records[at + FIELD.resultHigh] ?? 0;
  return high === 0 && low >= 0 ? low : high * HIGH + (low >>> 0);
}

function hasFailed(records: Int32Array, at: number): boolean {
  return records[at + FIELD.resultLow] === -1 && records[at + FIELD.resultHigh] === -1;
}

function isFast(call: OpenCall): call is FastOpenCall {
  return "begun" in call && !call.superseding;
}

/** Keeps the array dense, with `undefined` for what was not asked for yet: holes are slow to read. */
function put<T>(array: (T | undefined)[], id: number, value: T): void {
  while (array.length < id) array.push(undefined);
  array[id] = value;
}

/** Forks and execs go to the careful lane: what they are told with is kept. */
const KEPT = /^(?:v?fork|clone3?)$/;

function kindOfName(name: string, signature: Signature): number {
  if (KEPT.test(name) || signature.argv !== undefined) return NAME.careful;
  return signature.content === undefined ? NAME.read : NAME.content;
}
