import type { ByteString } from "../../model/byte-string.ts";
import {
  ENDED,
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
import { NotedTexts } from "./noted-texts.ts";
import { NumberedTexts } from "./numbered-texts.ts";
import { FIELD, hasFailed, KIND, RECORD_FIELDS, resultOf } from "./records.ts";
import { Repetition } from "./repetition.ts";
import { Scanner } from "./scanner.ts";
import type { WasmModule } from "./web-assembly.ts";

const NEWLINE = 0x0a;
/** Lines that the careful lane reads first: it finds out what stands before the lines of this log. */
const FIRST_LINES = 32;
const NOBODY = -1;

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
  readonly #noted: NotedTexts;
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
    this.#noted = new NotedTexts(this.#texts, this.#calls);
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
      this.#noted.forget();
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
    if (kind === KIND.begun)
      return target === null || seat === null ? -1 : this.#begin(target, seat, id, line);
    if (kind === KIND.exited) return target === null ? -1 : this.#exit(pid, at, line);
    const returned = kind === KIND.whole;
    const tailId = returned ? (records[at + FIELD.tail] ?? 0) : 0;
    const failed = returned && hasFailed(records, at);
    const result = returned ? resultOf(records, at) : null;
    this.#ownText = null;
    const noted = target === null ? null : this.#noted.whole(target, id);
    if (target !== null && noted !== null) {
      const ended = returned ? this.#texts.ended(tailId, failed, target) : ENDED.unreturned;
      const { notes } = this.#noted;
      if (
        ended !== null &&
        this.#repetition.tell(target, notes, noted, result ?? 0, ended, WHOLE, line)
      )
        return 1;
    }
    const call = this.#texts.whole(id);
    const tail = this.#texts.tail(tailId, failed);
    if (call === null || tail === null) return -1;
    call.began(pid, line).conclude(result, tail);
    if (target === null) {
      this.#sink.finished(call.kept(this.#quote()));
      // That may have told where this pid's next calls go.
      this.#pid = NOBODY;
      return 1;
    }
    target.finished(call);
    return 1;
  }

  #exit(pid: number, at: number, line: number): number {
    this.#sink.exited(pid, this.#scanner.records[at + FIELD.resultLow] ?? 0, line);
    this.#pid = NOBODY;
    return 0;
  }

  #begin(target: RepeatSink, seat: Seat, id: number, line: number): number {
    const begun = this.#texts.begun(id);
    if (begun === null) return -1;
    const pid = this.#pid;
    const noted = this.#noted.half(target, begun, id);
    const place = noted === null ? UNTOLD : target.began(this.#noted.notes, noted);
    this.#ownText = null;
    if (place === UNTOLD) {
      const call = this.#calls.replayed(begun.parsed, begun.text, begun.at);
      target.entered(call.began(pid, line));
    }
    const { era } = this.#texts;
    const open = new BegunCall(begun, id, era, pid, line, this.#quote(), place, target);
    this.#careful.hold(pid, seat, open);
    return 0;
  }

  #resume(target: RepeatSink, seat: Seat, id: number, at: number, line: number): number {
    const open = seat.call;
    if (!(open instanceof BegunCall)) return -1;
    const { records } = this.#scanner;
    const { begun } = open;
    const rest = this.#texts.rest(id);
    const tailId = records[at + FIELD.tail] ?? 0;
    const failed = hasFailed(records, at);
    const tail = this.#texts.tail(tailId, failed);
    if (rest === null || tail === null) return -1;
    const result = resultOf(records, at);
    this.#ownText = open.text;
    const pair = this.#noted.pair(target, open, rest, id);
    if (pair !== null && open.place !== UNTOLD) {
      const { notes } = this.#noted.pairs;
      const ended = this.#texts.ended(tailId, failed, target);
      const { place, line: begin } = open;
      if (
        ended !== null &&
        this.#repetition.tell(target, notes, pair, result, ended, place, begin)
      ) {
        this.#careful.release(seat);
        return 1;
      }
    }
    const call = this.#calls.pair(begun, rest);
    if (call === null) return -1;
    this.#careful.release(seat);
    open.handOver();
    call.began(this.#pid, open.line).endLine = line;
    target.finished(call.conclude(result, tail));
    return 1;
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
