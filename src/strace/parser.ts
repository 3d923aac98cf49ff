import type { ByteString } from "../model/byte-string.ts";
import { EncodingGate } from "../model/encoding.ts";
import { endsWhole, showsDuration } from "../model/line-end.ts";
import type { LineNumbers } from "../model/line-numbers.ts";
import type { Signature } from "../model/syscall.ts";
import type { SyscallSink } from "../model/syscall-sink.ts";
import { noCounts, type TraceCounts } from "../model/trace-counts.ts";
import * as C from "./chars.ts";
import { unpadded } from "./clean.ts";
import { endOfName, LineStart } from "./line-start.ts";
import { type LineListener, LineSplitter } from "./lines.ts";
import { findOwnMessage } from "./own-message.ts";
import { Pairing } from "./pairing.ts";
import type { OpenCall, Seat } from "./pending.ts";
import { Plans } from "./plan.ts";

/** What a {@link StraceParser} needs to know. */
export interface StraceParserOptions {
  /** The calls to read, and what their arguments are; all others are only counted. */
  readonly signatures: ReadonlyMap<string, Signature>;
  readonly sink: SyscallSink;
  /** Pid of lines that carry none: those of a file of a `strace -ff` set. */
  readonly pid?: number | null;
  /** Of a log that was put together from such files: where its lines stood. */
  readonly numbers?: LineNumbers | undefined;
}

const RESUMED = " resumed>";
/** Of a log, which show whether its results end with durations. */
const FIRST_LINES = 32;
/** What tail and head put before each of several files, here those of `strace -ff`. */
const HEADING = /^==> .*\.(\d{1,7}) <==$/;
const EXIT_WIDTH = 80;
const EXIT = /^\+\+\+ (exited with|killed by|superseded by execve in pid) ?(\d+)?/;

/**
 * Reads a strace log, pushed in chunks, in every dialect from 4.6 to 7.2, and tells a {@link SyscallSink}
 * what happened. Memory is bounded by the open calls and one line.
 */
export class StraceParser implements LineListener {
  readonly counts: TraceCounts = noCounts();
  /** Seconds of the first time stamp, null without; `fine` when stamps have fractions. */
  readonly times: { first: number | null; fine: boolean } = { first: null, fine: false };
  readonly #plans: Plans;
  readonly #sink: SyscallSink;
  /** Of lines that carry none. */
  #pid: number | null;
  readonly #numbers: LineNumbers | null;
  readonly #gate: EncodingGate;
  readonly #splitter = new LineSplitter(this);
  readonly #start = new LineStart();
  readonly #pairing: Pairing;
  #isTimed = false;

  constructor(options: StraceParserOptions) {
    this.#plans = Plans.of(options.signatures);
    this.#sink = options.sink;
    this.#pid = options.pid ?? null;
    this.#numbers = options.numbers ?? null;
    this.#gate = new EncodingGate((chunk) => this.#splitter.write(chunk));
    const ofFiles = this.#pid !== null || this.#numbers !== null;
    this.#pairing = new Pairing(options.sink, this.counts, () => this.#line, ofFiles);
  }

  write(chunk: Uint8Array): void {
    this.counts.bytes += chunk.length;
    this.#gate.write(chunk);
  }

  /** True once a line of strace was seen, in a log that is not UTF-16. */
  get isPlain(): boolean {
    return this.#start.isDecided && this.#gate.isBytes;
  }

  /** True between a torn line and what becomes of it. */
  get isTorn(): boolean {
    return this.#pairing.isTorn;
  }

  /** Counts lines that were read elsewhere. */
  passOver(lines: number, calls: number, bytes: number): void {
    this.counts.lines += lines;
    this.counts.syscalls += calls;
    this.counts.bytes += bytes;
  }

  /** What line `line` of this log is called. */
  numberOf(line: number): number {
    return this.#numbers?.of(line) ?? line;
  }

  /** Where the open call of `pid` is kept; to be asked for again after each line that is read here. */
  seatOf(pid: number): Seat {
    return this.#pairing.seatOf(pid);
  }

  /** Takes over a call that began elsewhere. */
  hold(pid: number, seat: Seat, call: OpenCall): void {
    this.#pairing.hold(pid, seat, call);
  }

  /** Gives a call back that ended elsewhere. */
  release(seat: Seat): void {
    this.#pairing.release(seat);
  }

  /** Ends the log: calls that are still open come as pending ones. */
  end(): void {
    this.#gate.end();
    this.#splitter.end();
    this.#pairing.end();
  }

  overlong(head: ByteString): void {
    this.counts.lines += 1;
    this.counts.unparsedLines += 1;
    this.#start.read(head);
    this.#sink.lost(this.#start.leader.pid ?? this.#pid, "", null, this.#line);
  }

  line(text: ByteString, last: boolean): void {
    this.counts.lines += 1;
    if (last) this.counts.truncated ||= !endsWhole(text, this.#isTimed);
    else if (!this.#isTimed && this.counts.lines <= FIRST_LINES)
      this.#isTimed = showsDuration(text);
    if (text.length === 0 || isAttachment(text)) return;
    const at = this.#start.read(unpadded(text));
    const own = this.#start.text;
    if (this.#start.continues && this.#pairing.append(own, last)) return;
    if (at < 0 || !this.#token(own, at, last)) this.#other(own, last);
  }

  get #line(): number {
    return this.numberOf(this.counts.lines);
  }

  /** Reads the call, half call, signal or exit at `at`; false when it is none of these after all. */
  #token(text: ByteString, at: number, last: boolean): boolean {
    const { leader } = this.#start;
    if (leader.time !== null) this.#stamp(leader.time, leader.fine);
    const pid = leader.pid ?? this.#pid;
    switch (text.charCodeAt(at)) {
      case C.LESS:
        return this.#resumed(text, at, pid, last);
      case C.PLUS:
        return this.#exited(text, at, pid);
      case C.MINUS:
      case C.LEFT_BRACKET:
        return true;
      default:
        return this.#called(text, at, pid, last);
    }
  }

  #stamp(time: number, fine: boolean): void {
    if (this.times.first !== null) return;
    this.times.first = time;
    this.times.fine = fine;
  }

  #called(text: ByteString, at: number, pid: number | null, last: boolean): boolean {
    const bracket = endOfName(text, at);
    const plan = this.#plans.find(text.slice(at, bracket));
    if (plan === undefined) return this.#count(text, pid);
    const line = this.#line;
    const { time } = this.#start.leader;
    const head = text;
    const call = { plan, head, at: bracket + 1, line, pid, time, text, superseding: false };
    this.#pairing.read(call, text, pid, last);
    return true;
  }

  /** A call that nobody asked for: counted, and nothing else. */
  #count(text: ByteString, pid: number | null): boolean {
    if (this.#pairing.isTorn) {
      // Without a label it may be a program's output too.
      if (pid === null) return false;
      this.#pairing.dropTorn();
    }
    this.counts.syscalls += 1;
    if (text.charCodeAt(text.length - 1) === C.LOWER_D) {
      const message = findOwnMessage(text);
      if (message) this.#pairing.tell(message);
    }
    return true;
  }

  #resumed(text: ByteString, at: number, pid: number | null, last: boolean): boolean {
    const end = text.indexOf(RESUMED, at);
    if (end < 0) return false;
    const plan = this.#plans.find(text.slice(at + "<... ".length, end));
    if (plan) this.#pairing.resume(plan, text, end + RESUMED.length, pid, last);
    else this.counts.syscalls += 1;
    return true;
  }

  #exited(text: ByteString, at: number, pid: number | null): boolean {
    const [whole, how, number] = EXIT.exec(text.slice(at, at + EXIT_WIDTH)) ?? [];
    if (whole === undefined) return false;
    if (how === "superseded by execve in pid") {
      this.#pairing.supersede(pid, Number(number));
      return true;
    }
    this.#pairing.settle(pid);
    const line = this.#line;
    if (how === "killed by") this.#sink.killed(pid, line);
    else this.#sink.exited(pid, number === undefined ? null : Number(number), line);
    return true;
  }

  /** A line that is nothing of strace's by itself: the rest of a torn call, a message, or noise. */
  #other(text: ByteString, last: boolean): void {
    const heading = HEADING.exec(text);
    if (heading !== null) {
      this.#pairing.dropTorn();
      this.#pid = Number(heading[1]);
      return;
    }
    if (this.#pairing.continue(text, last)) return;
    const message = findOwnMessage(text);
    if (message) this.#pairing.tell(message);
    else this.counts.unparsedLines += 1;
  }
}

/** Hex dumps (-e read=), their captions, and stack frames (-k): parts of the call before. */
function isAttachment(text: ByteString): boolean {
  if (text.charCodeAt(0) !== C.SPACE || text.charCodeAt(2) !== C.SPACE) return false;
  const mark = text.charCodeAt(1);
  return mark === C.BAR || mark === C.GREATER || mark === C.ASTERISK;
}
