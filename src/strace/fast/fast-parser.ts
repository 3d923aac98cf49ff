import type { ByteString } from "../../model/byte-string.ts";
import {
  ENDED,
  NOTES,
  type RepeatSink,
  type SyscallSink,
  UNTOLD,
  WHOLE,
} from "../../model/syscall-sink.ts";
import type { TraceCounts } from "../../model/trace-counts.ts";
import { StraceParser, type StraceParserOptions } from "../parser.ts";
import type { Seat } from "../pending.ts";
import { Plans } from "../plan.ts";
import { BegunCall } from "./begun-call.ts";
import { CallTexts } from "./call-text.ts";
import { InputRegion } from "./input-region.ts";
import { kindOfName } from "./name-kinds.ts";
import { NumberedTexts } from "./numbered-texts.ts";
import { FIELD, hasFailed, KIND, RECORD_FIELDS, resultOf } from "./records.ts";
import { Repetition } from "./repetition.ts";
import type { ReplayedCall } from "./replayed-call.ts";
import { MOST_TEXTS, Scanner } from "./scanner.ts";
import type { WasmModule } from "./web-assembly.ts";

const NEWLINE = 0x0a;
/** Lines that the careful lane reads first: it finds out what stands before the lines of this log. */
const FIRST_LINES = 32;
const NOBODY = -1;
/** The number of a note that is ours. */
const ASKED: number = NOTES - 1;

/**
 * Reads a log like a {@link StraceParser}, which gets each line that is not plain, and tells the same.
 * The scanner gives each text of a call a number; the first time it is decoded, from then on told again.
 */
export class FastParser {
  readonly #careful: StraceParser;
  readonly #sink: SyscallSink;
  readonly #scanner: Scanner;
  readonly #region: InputRegion;
  readonly #calls: CallTexts;
  readonly #texts: NumberedTexts;
  readonly #repetition: Repetition = new Repetition(() => this.#quote());
  /** What the sink noted of each text; the last number of each is 1 once it was asked. */
  readonly #notes: Int32Array = new Int32Array(MOST_TEXTS * NOTES);
  /** The line that is being read, and a text that stands for it where the call began in another one. */
  #from = 0;
  #stop = 0;
  #ownText: ByteString | null = null;
  /** The pid of the line before, where to tell of it, and where the call is kept that it is inside of. */
  #pid = NOBODY;
  #target: RepeatSink | null = null;
  #seat: Seat | null = null;

  constructor(module: WasmModule, options: StraceParserOptions) {
    this.#careful = new StraceParser(options);
    this.#sink = options.sink;
    this.#scanner = new Scanner(module);
    this.#region = new InputRegion(this.#scanner, {
      lines: (from, end) => (this.#isReady() ? this.#scan(from, end) : this.#readFirst(from, end)),
      piece: (from, end) => this.#careful.write(this.#scanner.memory.subarray(from, end)),
    });
    this.#calls = new CallTexts(new Plans(options.signatures), () => this.#quote());
    this.#texts = new NumberedTexts(this.#scanner, this.#calls);
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

  /** Where the next chunk is best put. */
  readonly room = (): Uint8Array => this.#region.room();

  write(chunk: Uint8Array): void {
    this.#region.write(chunk);
  }

  end(): void {
    this.#region.end();
    this.#careful.end();
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
      this.#texts.forget();
      this.#notes.fill(0);
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
    const target = this.#target;
    const id = records[at + FIELD.call] ?? 0;
    const seat = this.#seat;
    if (kind === KIND.resumed)
      return target === null || seat === null ? -1 : this.#resume(target, seat, id, at, line);
    // A new line of a pid that is inside of a call: that one is over, unseen.
    if (seat?.call !== undefined) return -1;
    if (kind === KIND.begun) return target === null ? -1 : this.#begin(target, id, line);
    if (kind === KIND.exited) return target === null ? -1 : this.#exit(pid, at, line);
    const returned = kind === KIND.whole;
    const tailId = returned ? (records[at + FIELD.tail] ?? 0) : 0;
    const failed = returned && hasFailed(records, at);
    const result = returned ? resultOf(records, at) : null;
    const note = id * NOTES;
    this.#ownText = null;
    if (target !== null && this.#notes[note] !== 0) {
      const ended = returned ? this.#texts.ended(tailId, failed, target) : ENDED.unreturned;
      if (
        ended !== null &&
        this.#repetition.tell(target, this.#notes, note, result ?? 0, ended, WHOLE, line)
      )
        return 1;
    }
    const call = this.#texts.whole(id);
    const tail = this.#texts.tail(tailId, failed);
    if (call === null || tail === null) return -1;
    call.pid = pid;
    call.line = line;
    call.endLine = line;
    call.conclude(result, tail);
    if (target === null) {
      this.#sink.finished(call.kept(this.#quote()));
      // That may have told where this pid's next calls go.
      this.#pid = NOBODY;
      return 1;
    }
    target.finished(call);
    if (this.#notes[note + ASKED] === 0) this.#note(target, call, id);
    return 1;
  }

  /** Notes what a new text means. Where that will do, the object need not stay: one that is needed after all is made again. */
  #note(target: RepeatSink, call: ReplayedCall, id: number): void {
    const note = id * NOTES;
    this.#ask(target, call, this.#notes, note);
    if (this.#notes[note] !== 0) this.#texts.drop(id);
  }

  #exit(pid: number, at: number, line: number): number {
    this.#sink.exited(pid, this.#scanner.records[at + FIELD.resultLow] ?? 0, line);
    this.#pid = NOBODY;
    return 0;
  }

  #begin(target: RepeatSink, id: number, line: number): number {
    const begun = this.#texts.begun(id);
    if (begun === null) return -1;
    const { call, notes } = begun;
    const pid = this.#pid;
    if (notes[ASKED] === 0) {
      target.noteHalf(call, notes, 0);
      notes[ASKED] = 1;
    }
    const place = notes[0] === 0 ? UNTOLD : target.began(notes, 0);
    this.#ownText = null;
    if (place === UNTOLD) {
      call.pid = pid;
      call.line = line;
      call.endLine = line;
      target.entered(call);
    }
    const open = new BegunCall(begun, id, pid, line, this.#quote(), place, target);
    if (this.#seat !== null) this.#careful.hold(pid, this.#seat, open);
    return 0;
  }

  #resume(target: RepeatSink, seat: Seat, id: number, at: number, line: number): number {
    const open = seat.call;
    if (!(open instanceof BegunCall)) return -1;
    const { records } = this.#scanner;
    const rest = this.#texts.rest(id);
    if (rest === null) return -1;
    const { call, notes } = this.#texts.joined(open.begun, open.id, rest, id);
    const tailId = records[at + FIELD.tail] ?? 0;
    const failed = hasFailed(records, at);
    const tail = this.#texts.tail(tailId, failed);
    if (call === null || tail === null) return -1;
    this.#careful.release(seat);
    const result = resultOf(records, at);
    this.#ownText = open.text;
    if (open.place !== UNTOLD && notes[0] !== 0) {
      const ended = this.#texts.ended(tailId, failed, target);
      const { place, line: begin } = open;
      if (ended !== null && this.#repetition.tell(target, notes, 0, result, ended, place, begin))
        return 1;
    }
    open.handOver();
    call.pid = this.#pid;
    call.line = open.line;
    call.endLine = line;
    target.finished(call.conclude(result, tail));
    if (notes[ASKED] === 0) this.#ask(target, call, notes, 0);
    return 1;
  }

  #ask(target: RepeatSink, call: ReplayedCall, notes: Int32Array, at: number): void {
    target.note(call, notes, at);
    notes[at + ASKED] = 1;
  }

  #turnTo(pid: number): void {
    this.#pid = pid;
    this.#target = this.#sink.behind?.(pid) ?? null;
    this.#seat = this.#careful.seatOf(pid);
    this.#target?.turnTo(pid);
  }

  #quote(): ByteString {
    return this.#ownText ?? this.#scanner.slice(this.#from, this.#stop);
  }
}
