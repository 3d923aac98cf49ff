import type { ByteString } from "../model/byte-string.ts";
import type { Signature } from "../model/syscall.ts";
import type { SyscallSink } from "../model/syscall-sink.ts";
import type { TraceCounts } from "../model/trace-counts.ts";
import * as C from "./chars.ts";
import { EncodingGate } from "./encoding.ts";
import { endOfName, LineStart } from "./line-start.ts";
import { type LineListener, LineSplitter } from "./lines.ts";
import { findOwnMessage, type OwnMessage } from "./own-message.ts";
import { isExec, type OpenCall, OpenCalls } from "./pending.ts";
import { Plans } from "./plan.ts";
import { CallReader } from "./reader.ts";
import type { ScanEnd } from "./scan.ts";
import { type ToldMessage, TornCall } from "./torn.ts";

/** What a {@link StraceParser} needs to know. */
export interface StraceParserOptions {
  /** The calls to read, and what their arguments are; all others are only counted. */
  readonly signatures: ReadonlyMap<string, Signature>;
  readonly sink: SyscallSink;
  /** Pid of lines that carry none: those of a file of a `strace -ff` set. */
  readonly pid?: number | null;
}

const UNFINISHED = " <unfinished ...>";
const RESUMED = " resumed>";
const EXIT = /^\+\+\+ (exited with|killed by|superseded by execve in pid) ?(\d+)?/;

/**
 * Reads a strace log, pushed in chunks, in every dialect from 4.6 to 7.2, and tells a {@link SyscallSink}
 * what happened. Memory is bounded by the open calls and one line.
 */
export class StraceParser implements LineListener {
  readonly counts: TraceCounts = {
    bytes: 0,
    lines: 0,
    syscalls: 0,
    unparsedLines: 0,
    tornLines: 0,
    lostHalves: 0,
    truncated: false,
  };
  /** Seconds of the first time stamp and of the newest, null without; `fine` when stamps have fractions. */
  readonly times: { first: number | null; last: number | null; fine: boolean } = {
    first: null,
    last: null,
    fine: false,
  };
  readonly #plans: Plans;
  readonly #sink: SyscallSink;
  readonly #pid: number | null;
  readonly #gate: EncodingGate;
  readonly #splitter = new LineSplitter(this);
  readonly #start = new LineStart();
  readonly #reader = new CallReader();
  /** For calls that are given up while another one is being read. */
  readonly #spare = new CallReader();
  readonly #open = new OpenCalls();
  #torn: TornCall | null = null;
  /** What strace said in the middle of a call that is not over yet. */
  readonly #messages: ToldMessage[] = [];
  /** Where the newest open call was left. */
  #opened: { readonly pid: number | null; readonly line: number } = {
    pid: null,
    line: 0,
  };

  constructor(options: StraceParserOptions) {
    this.#plans = new Plans(options.signatures);
    this.#sink = options.sink;
    this.#pid = options.pid ?? null;
    this.#gate = new EncodingGate((chunk) => this.#splitter.write(chunk));
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
    return this.#torn !== null;
  }

  /** Counts lines that were read elsewhere. */
  passOver(lines: number, calls: number, bytes: number): void {
    this.counts.lines += lines;
    this.counts.syscalls += calls;
    this.counts.bytes += bytes;
  }

  openCallOf(pid: number): OpenCall | undefined {
    return this.#open.peek(pid);
  }

  /** Takes over a call that began elsewhere, in the newest line. */
  hold(pid: number, call: OpenCall): void {
    this.#open.put(pid, call);
    this.#opened = { pid, line: call.line };
  }

  /** Gives a call back that ended elsewhere. */
  release(pid: number): void {
    this.#open.take(pid);
  }

  /** Ends the log: calls that are still open come as pending ones. */
  end(): void {
    this.#gate.end();
    this.#splitter.end();
    this.#dropTorn();
    for (const call of this.#open.takeAll()) this.#giveUp(call);
  }

  overlong(head: ByteString): void {
    this.counts.lines += 1;
    this.counts.unparsedLines += 1;
    this.#start.read(head);
    this.#sink.lost(this.#start.leader.pid ?? this.#pid, "", null, this.counts.lines);
  }

  line(text: ByteString, last: boolean): void {
    this.counts.lines += 1;
    if (last) this.counts.truncated = true;
    if (text.length === 0 || isAttachment(text)) return;
    const at = this.#start.read(text);
    const own = this.#start.text;
    if (at < 0 || !this.#token(own, at, last)) this.#other(own, last);
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
    this.times.last = time;
    if (this.times.first !== null) return;
    this.times.first = time;
    this.times.fine = fine;
  }

  #called(text: ByteString, at: number, pid: number | null, last: boolean): boolean {
    const bracket = endOfName(text, at);
    const plan = this.#plans.find(text.slice(at, bracket));
    if (plan === undefined) return this.#torn === null && this.#passOver(text);
    const line = this.counts.lines;
    const { time } = this.#start.leader;
    const head = text;
    const call = {
      plan,
      head,
      at: bracket + 1,
      line,
      pid,
      time,
      text,
      superseding: false,
    };
    this.#conclude(call, text, pid, last);
    return true;
  }

  /** A call that nobody asked for: counted, and nothing else. */
  #passOver(text: ByteString): boolean {
    this.counts.syscalls += 1;
    if (text.charCodeAt(text.length - 1) === C.LOWER_D) {
      const message = findOwnMessage(text);
      if (message) this.#tell(message, this.counts.lines);
    }
    return true;
  }

  /** Tells of a call as far as `source` has it: whole, its first half, or so much that the rest must follow. */
  #conclude(call: OpenCall, source: ByteString, pid: number | null, last: boolean): void {
    const end = this.#reader.read(source, call.at);
    if (end === "closed" || end === "died") {
      this.#supplant(pid);
      this.counts.syscalls += 1;
      this.#sink.finished(this.#reader.finished(call, source, this.counts.lines, pid));
    } else if (end === "cut") {
      if (!last) this.#tear(call, source);
    } else {
      this.#interrupt(call, source, pid, end);
    }
  }

  #interrupt(call: OpenCall, source: ByteString, pid: number | null, how: ScanEnd): void {
    const { scanner } = this.#reader;
    const open: OpenCall = { ...call, head: source.slice(0, scanner.end) };
    this.#supplant(pid);
    this.#sink.entered(this.#reader.entered(open));
    if (how === "detached") {
      this.#giveUp(open);
    } else if (how === "unfinished") {
      this.#open.put(pid, open);
      this.#opened = { pid, line: this.counts.lines };
    } else if (this.#pid === null) {
      this.#open.put(scanner.newPid, open);
    }
    // In a set of files the leader's has the rest of the exec: the process stage puts them together.
  }

  /** A new line of `pid` proves that its open call and the torn one are over, unseen. */
  #supplant(pid: number | null): void {
    if (this.#torn) this.#dropTorn();
    const open = this.#open.take(pid);
    if (open) this.#giveUp(open);
  }

  #giveUp(call: OpenCall): void {
    this.counts.lostHalves += 1;
    this.#sink.finished(this.#spare.pending(call));
  }

  #resumed(text: ByteString, at: number, pid: number | null, last: boolean): boolean {
    const end = text.indexOf(RESUMED, at);
    if (end < 0) return false;
    const plan = this.#plans.find(text.slice(at + "<... ".length, end));
    if (!plan) {
      this.counts.syscalls += 1;
      return true;
    }
    const call = this.#match(plan.name, pid);
    let from = end + RESUMED.length;
    // Until 5.0 a space followed, and then the `)`.
    if (text.charCodeAt(from) === C.SPACE && !text.startsWith(UNFINISHED, from)) from += 1;
    if (call) this.#conclude(call, call.head + text.slice(from), pid, last);
    else this.#orphan(plan.name, text, from, pid);
    return true;
  }

  #orphan(name: string, text: ByteString, from: number, pid: number | null): void {
    this.counts.lostHalves += 1;
    const whole = this.#reader.read(text, from) === "closed";
    this.#sink.lost(pid, name, whole ? this.#reader.result.value : null, this.counts.lines);
  }

  /** The open call that `<... name resumed>` of `pid` ends. */
  #match(name: string, pid: number | null): OpenCall | null {
    let call = this.#open.take(pid);
    if (!call && this.#pid === null) call = this.#open.takeUnlabelled(pid, name);
    if (isExec(name) && call?.plan.name !== name) {
      // -qqq hides "superseded by execve in pid".
      const exec = this.#open.takeExec();
      if (exec) {
        if (call) this.#giveUp(call);
        if (pid !== null && exec.pid !== null) {
          this.#sink.superseded(pid, exec.pid, this.counts.lines);
        }
        return exec;
      }
    }
    if (call && call.plan.name !== name) {
      this.#giveUp(call);
      return null;
    }
    return call ?? null;
  }

  #exited(text: ByteString, at: number, pid: number | null): boolean {
    const [whole, how, number] = EXIT.exec(text.slice(at, at + 80)) ?? [];
    if (whole === undefined) return false;
    const line = this.counts.lines;
    if (this.#torn) this.#dropTorn();
    if (how === "superseded by execve in pid") {
      this.#superseded(pid, Number(number));
      return true;
    }
    const open = this.#open.take(pid);
    if (open) this.#giveUp(open);
    if (how === "killed by") this.#sink.killed(pid, line);
    else this.#sink.exited(pid, number === undefined ? null : Number(number), line);
    return true;
  }

  #superseded(pid: number | null, by: number): void {
    const own = this.#open.take(pid);
    const exec = this.#open.take(by) ?? (own && isExec(own.plan.name) ? own : undefined);
    if (own && own !== exec) this.#giveUp(own);
    if (exec) this.#open.put(pid, { ...exec, superseding: true });
    this.#sink.superseded(pid, by, this.counts.lines);
  }

  /** Keeps a line that ends too early, until its rest comes. */
  #tear(call: OpenCall, source: ByteString): void {
    this.#dropTorn();
    this.#torn = new TornCall(call, source, this.#reader.scanner, this.counts.lines);
  }

  /** A line that is nothing of strace's by itself: the rest of a torn call, a message, or noise. */
  #other(text: ByteString, last: boolean): void {
    if (this.#torn && this.#mend(this.#torn, text, last)) return;
    if (this.#endWithoutLeader(text)) return;
    const message = findOwnMessage(text);
    if (message) this.#tell(message, this.counts.lines);
    else this.counts.unparsedLines += 1;
  }

  /** Until 6.7, -z could end a call in the line after its ` <unfinished ...>`, with neither leader nor `resumed`. */
  #endWithoutLeader(text: ByteString): boolean {
    const { pid, line } = this.#opened;
    if (line !== this.counts.lines - 1 || text.charCodeAt(0) !== C.RIGHT_PARENTHESIS) return false;
    if (!this.#reader.result.read(text, 0, 0)) return false;
    const call = this.#open.take(pid);
    if (!call) return false;
    this.#conclude(call, call.head + text, pid, false);
    return true;
  }

  #mend(torn: TornCall, text: ByteString, last: boolean): boolean {
    const whole = torn.mend(text, this.#reader);
    if (whole === null) return false;
    this.#torn = null;
    this.counts.tornLines += 1;
    this.#messages.push(...torn.messages);
    this.#conclude(torn.call, whole, torn.call.pid, last);
    // Said in the middle of the call, so the call began before.
    if (this.#torn === null) this.#tellAll();
    return true;
  }

  #dropTorn(): void {
    const torn = this.#torn;
    if (!torn) return;
    this.#torn = null;
    this.counts.tornLines += 1;
    this.#giveUp({ ...torn.call, head: torn.head });
    this.#messages.push(...torn.messages);
    this.#tellAll();
  }

  #tellAll(): void {
    for (const message of this.#messages.splice(0)) this.#tell(message, message.line);
  }

  #tell({ what, pid }: OwnMessage, line: number): void {
    if (pid === null) return;
    if (what === "attached") this.#sink.attached(pid, line);
    else if (what === "detached") this.#sink.detached(pid, line);
  }
}

/** Hex dumps (-e read=), their captions, and stack frames (-k): parts of the call before. */
function isAttachment(text: ByteString): boolean {
  if (text.charCodeAt(0) !== C.SPACE || text.charCodeAt(2) !== C.SPACE) return false;
  const mark = text.charCodeAt(1);
  return mark === C.BAR || mark === C.GREATER || mark === C.ASTERISK;
}
