import type { ByteString } from "../../model/byte-string.ts";
import {
  ENDED,
  NOTES,
  type RepeatSink,
  type SyscallSink,
  UNTOLD,
  WHOLE,
} from "../../model/syscall-sink.ts";
import type { StraceParser, StraceParserOptions } from "../parser.ts";
import type { Seat } from "../pending.ts";
import { Plans } from "../plan.ts";
import { BegunCall } from "./begun-call.ts";
import { CallTexts } from "./call-text.ts";
import { NotedTexts } from "./noted-texts.ts";
import { NumberedTexts } from "./numbered-texts.ts";
import { FIELD, hasFailed, KIND, resultOf } from "./records.ts";
import { Repetition } from "./repetition.ts";
import type { ReplayedCall } from "./replayed-call.ts";
import type { Scanner } from "./scanner.ts";
import { SpentTexts } from "./spent-texts.ts";
import { NO_TAIL } from "./tail.ts";

const NOBODY = -1;

/** Tells a sink what the scanner's records say, each text decoded when it comes first and noted from then on. */
export class RecordTeller {
  readonly #careful: StraceParser;
  readonly #sink: SyscallSink;
  readonly #scanner: Scanner;
  readonly #calls: CallTexts;
  readonly #texts: NumberedTexts;
  readonly #repetition: Repetition = new Repetition(() => this.#quote());
  readonly #noted: NotedTexts;
  readonly #spent: SpentTexts = new SpentTexts();
  /** The line that is being read, and the call that it ends where that began in another one. */
  #from = 0;
  #stop = 0;
  #open: BegunCall | null = null;
  /** The calls that began in the block at hand. */
  readonly #begun: BegunCall[] = [];
  /** The pid of the line before, where to tell of it, and where the call is kept that it is inside of. */
  #pid = NOBODY;
  #target: RepeatSink | null = null;
  #seat: Seat | null = null;

  /** `careful` keeps the calls that are under way. */
  constructor(scanner: Scanner, careful: StraceParser, { sink, signatures }: StraceParserOptions) {
    this.#careful = careful;
    this.#sink = sink;
    this.#scanner = scanner;
    this.#calls = new CallTexts(new Plans(signatures), () => this.#quote());
    this.#texts = new NumberedTexts(scanner, this.#calls);
    this.#noted = new NotedTexts(this.#texts, this.#calls);
  }

  /** To be told when a line was read elsewhere: it may have changed what is under way. */
  turnAway(): void {
    this.#pid = NOBODY;
  }

  /** The block is over: where its lines lie, others will. */
  blockEnds(): void {
    for (const call of this.#begun) if (!call.isOver) call.keepText();
    this.#begun.length = 0;
  }

  /** The scanner's numbers start again. */
  forget(): void {
    this.#texts.forget();
    this.#noted.forget();
    this.#spent.forget();
  }

  /** Tells of one record: how many calls that ended, or -1 when the careful lane must read the line. */
  tell(records: Int32Array, at: number, line: number): number {
    const kind = records[at + FIELD.kind];
    if (kind === KIND.careful || kind === KIND.dirty) return -1;
    this.#from = records[at + FIELD.line] ?? 0;
    this.#stop = records[at + FIELD.stop] ?? 0;
    this.#open = null;
    const pid = records[at + FIELD.pid] ?? 0;
    if (kind === KIND.exited) return this.#exit(pid, records[at + FIELD.resultLow] ?? 0, line);
    if (pid !== this.#pid) {
      this.#seat = this.#careful.seatOf(pid);
      // An end without a beginning is no call: whose child the pid may be is not asked for its sake.
      if (kind === KIND.resumed && this.#seat?.call === undefined) return -1;
      this.#turnTo(pid, line);
    }
    const target = this.#target;
    const id = records[at + FIELD.call] ?? 0;
    const seat = this.#seat;
    if (kind === KIND.resumed)
      return target === null || seat === null ? -1 : this.#resume(target, seat, records, at, line);
    // A new line of a pid that is inside of a call: that one is over, unseen.
    if (seat?.call !== undefined) return -1;
    if (kind === KIND.begun)
      return target === null || seat === null ? -1 : this.#begin(target, seat, id, line);
    if (target === null) return this.#introduce(records, at, id, pid, line);
    if (kind === KIND.whole) {
      // Half of all calls end here: a function of their own was measured to take 2 to 5 % more of all.
      const left = this.#spent.remainder(id, records[at + FIELD.tail] ?? 0, hasFailed(records, at));
      if (left !== 0 && target.spent(left, this.#noted.notes, id * NOTES)) return 1;
    }
    if (this.#repeat(target, records, at, id, line)) return 1;
    const call = this.#whole(records, at, id, pid, line);
    if (call === null) return -1;
    target.finished(call);
    return 1;
  }

  /** Tells of a call by its notes alone; false when it must be told in full. */
  #repeat(target: RepeatSink, records: Int32Array, at: number, id: number, line: number): boolean {
    const noted = this.#noted.whole(target, id);
    if (noted === null) return false;
    const { notes } = this.#noted;
    if (records[at + FIELD.kind] !== KIND.whole) {
      if (!this.#repetition.tell(target, notes, noted, 0, ENDED.unreturned, WHOLE, line))
        return false;
      // Of all calls that never return, only an exit is done by its notes.
      this.#sink.left?.(this.#pid);
      this.#pid = NOBODY;
      return true;
    }
    const tailId = records[at + FIELD.tail] ?? 0;
    const failed = hasFailed(records, at);
    const ended = this.#texts.ended(tailId, failed, target);
    if (ended === null) return false;
    const result = resultOf(records, at);
    if (!this.#repetition.tell(target, notes, noted, result, ended, WHOLE, line)) return false;
    this.#spent.learn(target, this.#repetition, id, tailId, failed);
    return true;
  }

  /** A call in full; null when the careful lane must read its line. */
  #whole(
    records: Int32Array,
    at: number,
    id: number,
    pid: number,
    line: number,
  ): ReplayedCall | null {
    const returned = records[at + FIELD.kind] === KIND.whole;
    const call = this.#texts.whole(id);
    const tail = returned
      ? this.#texts.tail(records[at + FIELD.tail] ?? 0, hasFailed(records, at))
      : NO_TAIL;
    if (call === null || tail === null) return null;
    return call.began(pid, line).conclude(returned ? resultOf(records, at) : null, tail);
  }

  /** Tells of a call of a pid that must come through the front. */
  #introduce(records: Int32Array, at: number, id: number, pid: number, line: number): number {
    const call = this.#whole(records, at, id, pid, line);
    if (call === null) return -1;
    this.#sink.finished(call.kept(this.#quote()));
    this.#pid = NOBODY;
    return 1;
  }

  #exit(pid: number, status: number, line: number): number {
    const seat = pid === this.#pid ? this.#seat : this.#careful.seatOf(pid);
    if (seat?.call !== undefined) return -1;
    this.#sink.exited(pid, status, line);
    this.#pid = NOBODY;
    return 0;
  }

  #begin(target: RepeatSink, seat: Seat, id: number, line: number): number {
    const begun = this.#texts.begun(id);
    if (begun === null) return -1;
    const pid = this.#pid;
    const noted = this.#noted.half(target, begun, id);
    const place = noted === null ? UNTOLD : target.began(this.#noted.notes, noted);
    if (place === UNTOLD) {
      const call = this.#calls.replayed(begun.parsed, begun.text, begun.at);
      target.entered(call.began(pid, line));
    }
    const { era } = this.#texts;
    const open = new BegunCall(begun, id, era, pid, line, place, target);
    this.#begun.push(open.lies(this.#scanner, this.#from, this.#stop));
    this.#careful.hold(pid, seat, open);
    return 0;
  }

  #resume(target: RepeatSink, seat: Seat, records: Int32Array, at: number, line: number): number {
    const open = seat.call;
    if (!(open instanceof BegunCall)) return -1;
    const { begun } = open;
    const id = records[at + FIELD.call] ?? 0;
    const rest = this.#texts.rest(id);
    const tailId = records[at + FIELD.tail] ?? 0;
    const failed = hasFailed(records, at);
    const tail = this.#texts.tail(tailId, failed);
    if (rest === null || tail === null) return -1;
    const result = resultOf(records, at);
    this.#open = open;
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
        open.isOver = true;
        return 1;
      }
    }
    const call = this.#calls.pair(begun, rest);
    if (call === null) return -1;
    this.#careful.release(seat);
    open.isOver = true;
    open.handOver();
    call.began(this.#pid, open.line).endLine = line;
    target.finished(call.conclude(result, tail));
    return 1;
  }

  #turnTo(pid: number, line: number): void {
    this.#pid = pid;
    this.#target = this.#sink.behind?.(pid, line) ?? null;
    this.#target?.turnTo(pid);
  }

  #quote(): ByteString {
    return this.#open?.keepText() ?? this.#scanner.slice(this.#from, this.#stop);
  }
}
