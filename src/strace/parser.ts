import type { ByteString } from "../model/byte-string.ts";
import type { Signature } from "../model/syscall.ts";
import type { SyscallSink } from "../model/syscall-sink.ts";
import type { TraceCounts } from "../model/trace-counts.ts";
import { ParsedCall } from "./call.ts";
import * as C from "./chars.ts";
import { isDigit } from "./chars.ts";
import { EncodingGate } from "./encoding.ts";
import { skipForeign } from "./foreign.ts";
import { Leader } from "./leader.ts";
import { type LineListener, LineSplitter } from "./lines.ts";
import { knownName } from "./numbered-calls.ts";
import { findOwnMessage, type OwnMessage } from "./own-message.ts";
import { type OpenCall, OpenCalls } from "./pending.ts";
import { ResultReader } from "./result.ts";
import { ArgumentScanner } from "./scan.ts";
import { type TornCall, trustedPart } from "./torn.ts";

/** What a {@link StraceParser} needs to know. */
export interface StraceParserOptions {
  /** The calls to read, and what their arguments are; all others are only counted. */
  readonly signatures: ReadonlyMap<string, Signature>;
  readonly sink: SyscallSink;
  /** Pid of all lines, for a file of a `strace -ff` set. */
  readonly pid?: number | null;
}

const UNFINISHED = " <unfinished ...>";
const RESUMED = " resumed>";
/** How many raw `>` of strace 4.21 and older may stand in one annotation before it is given up. */
const MOST_SKIPS = 6;
const MOST_FOREIGN_PREFIXES = 4;

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
  readonly #signatures: ReadonlyMap<string, Signature>;
  readonly #sink: SyscallSink;
  readonly #pid: number | null;
  readonly #gate: EncodingGate;
  readonly #splitter = new LineSplitter(this);
  readonly #leader = new Leader();
  readonly #scanner = new ArgumentScanner();
  /** For calls that are given up while another one is being read. */
  readonly #spare = new ArgumentScanner();
  readonly #result = new ResultReader();
  readonly #open = new OpenCalls();
  #torn: TornCall | null = null;
  /** Whether lines have foreign prefixes; null until the first line of strace decides. */
  #foreign: boolean | null = null;
  #line = 0;
  /** Where the newest open call was left. */
  #opened: { readonly pid: number | null; readonly line: number } = { pid: null, line: 0 };

  constructor(options: StraceParserOptions) {
    this.#signatures = options.signatures;
    this.#sink = options.sink;
    this.#pid = options.pid ?? null;
    this.#gate = new EncodingGate((chunk) => this.#splitter.write(chunk));
  }

  write(chunk: Uint8Array): void {
    this.counts.bytes += chunk.length;
    this.#gate.write(chunk);
  }

  /** Ends the log: calls that are still open come as pending ones. */
  end(): void {
    this.#gate.end();
    this.#splitter.end();
    this.#dropTorn();
    for (const call of this.#open.takeAll()) this.#finishPending(call);
  }

  overlong(head: ByteString): void {
    this.#count();
    this.counts.unparsedLines += 1;
    this.#leader.read(head, 0);
    this.#sink.lost(this.#leader.pid ?? this.#pid, "", null, this.#line);
  }

  line(text: ByteString, last: boolean): void {
    this.#count();
    if (text.length === 0 || isAttachment(text)) return;
    if (last) this.counts.truncated = true;
    const at = this.#begin(text);
    if (at < 0 || !this.#token(text, at, last)) this.#other(text, last);
  }

  #count(): void {
    this.#line += 1;
    this.counts.lines += 1;
  }

  /** Where strace's own text begins behind the leader; -1 when nothing of strace's stands here. */
  #begin(text: ByteString): number {
    const leader = this.#leader;
    leader.read(text, 0);
    if (isTokenStart(text, leader.at)) {
      this.#foreign ??= false;
      return leader.at;
    }
    if (this.#foreign !== false) {
      let from = 0;
      for (let times = 0; times < MOST_FOREIGN_PREFIXES; times++) {
        const next = skipForeign(text, from);
        if (next === from) break;
        from = next;
        leader.read(text, from);
        if (isTokenStart(text, leader.at)) {
          this.#foreign = true;
          return leader.at;
        }
      }
    }
    // Output of a program without a newline, then a line of strace.
    const prefix = text.lastIndexOf("[pid ");
    if (prefix <= 0) return -1;
    leader.read(text, prefix);
    return leader.pid !== null && isTokenStart(text, leader.at) ? leader.at : -1;
  }

  /** Reads the call, half call, signal or exit at `at`; false when it is none of these after all. */
  #token(text: ByteString, at: number, last: boolean): boolean {
    const { time } = this.#leader;
    const pid = this.#leader.pid ?? this.#pid;
    if (time !== null) {
      this.times.last = time;
      if (this.times.first === null) {
        this.times.first = time;
        this.times.fine = this.#leader.fine;
      }
    }
    switch (text.charCodeAt(at)) {
      case C.LESS:
        return this.#resume(text, at, pid, last);
      case C.PLUS:
        return this.#exit(text, at, pid);
      case C.MINUS:
      case C.LEFT_BRACKET:
        return true;
      default:
        return this.#begun(text, at, pid, last);
    }
  }

  #begun(text: ByteString, at: number, pid: number | null, last: boolean): boolean {
    const bracket = endOfName(text, at);
    const name = knownName(text.slice(at, bracket));
    const signature = this.#signatures.get(name);
    if (signature === undefined) {
      if (!this.#torn && this.#passOver(text)) return true;
      return false;
    }
    const call: OpenCall = {
      name,
      signature,
      head: text,
      at: bracket + 1,
      line: this.#line,
      pid,
      time: this.#leader.time,
      text,
      superseding: false,
    };
    return this.#read(call, text, pid, last);
  }

  /** A call that nobody asked for: counted, and nothing else. */
  #passOver(text: ByteString): boolean {
    const end = text.charCodeAt(text.length - 1);
    if (end === C.LOWER_D) {
      const message = findOwnMessage(text);
      if (message) this.#tell(message);
    }
    this.counts.syscalls += 1;
    return true;
  }

  /** Reads a call from its joined text, as far as there is one. */
  #read(call: OpenCall, source: ByteString, pid: number | null, last: boolean): boolean {
    const scanner = this.#scanner;
    for (let skip = 0; skip < MOST_SKIPS; skip++) {
      scanner.skip = skip;
      const end = scanner.scan(source, call.at);
      if (end === "closed") {
        if (this.#result.read(source, scanner.end, skip)) {
          this.#finish(call, source, pid);
          return true;
        }
      } else if (end !== "cut") {
        this.#interrupted(call, source, pid, end);
        return true;
      }
      if (scanner.annotations === 0 && !source.includes("<")) break;
    }
    if (last) return true;
    scanner.skip = 0;
    scanner.scan(source, call.at);
    this.#tear(call, source);
    return true;
  }

  #interrupted(
    call: OpenCall,
    source: ByteString,
    pid: number | null,
    how: "unfinished" | "died" | "detached" | "pid-changed",
  ): void {
    const scanner = this.#scanner;
    if (how === "died") {
      this.#result.read(source, scanner.end, scanner.skip);
      this.#finish(call, source, pid);
      return;
    }
    this.#closeSlots(pid);
    const open: OpenCall = { ...call, head: source.slice(0, scanner.end) };
    this.#sink.entered(this.#parsed(open, open.head, open.line, null, scanner));
    if (how === "detached") this.#finishPending(open);
    else if (how === "unfinished") {
      this.#open.put(pid, open);
      this.#opened = { pid, line: this.#line };
    }
    else {
      // In a set of files the leader's has the rest: the process stage puts them together.
      if (this.#pid === null) this.#open.put(scanner.newPid, open);
    }
  }

  #finish(call: OpenCall, source: ByteString, pid: number | null): void {
    this.#closeSlots(pid);
    this.counts.syscalls += 1;
    const endPid = pid === call.pid ? null : pid;
    const parsed = this.#parsed(call, source, this.#line, endPid, this.#scanner).conclude(
      this.#result,
    );
    // Seen with --seccomp-bpf: the exec of a thread that succeeded ends with "-1 ENOSYS".
    if (call.superseding && parsed.errno === "ENOSYS") {
      parsed.result = 0;
      parsed.errno = null;
    }
    this.#sink.finished(parsed);
  }

  #parsed(
    call: OpenCall,
    source: ByteString,
    endLine: number,
    endPid: number | null,
    scanner: ArgumentScanner,
  ): ParsedCall {
    const place = {
      line: call.line,
      endLine,
      pid: call.pid ?? endPid,
      endPid: call.pid === null ? null : endPid,
      time: call.time,
      text: call.text,
    };
    return new ParsedCall(call.name, place, source, call.at, scanner.skip).decode(
      call.signature,
      scanner,
    );
  }

  /** A new line of `pid` proves that its open call and the torn one are over, unseen. */
  #closeSlots(pid: number | null): void {
    if (this.#torn) this.#dropTorn();
    const open = this.#open.take(pid);
    if (open) this.#finishPending(open);
  }

  #finishPending(call: OpenCall): void {
    this.counts.lostHalves += 1;
    this.#spare.scan(call.head, call.at);
    const parsed = this.#parsed(call, call.head, call.line, null, this.#spare);
    parsed.pending = true;
    this.#sink.finished(parsed);
  }

  #resume(text: ByteString, at: number, pid: number | null, last: boolean): boolean {
    const end = text.indexOf(RESUMED, at);
    if (end < 0 || !text.startsWith("<... ", at)) return false;
    const name = knownName(text.slice(at + 5, end));
    if (!this.#signatures.has(name)) {
      this.counts.syscalls += 1;
      return true;
    }
    const call = this.#match(name, pid);
    let from = end + RESUMED.length;
    // Until 5.0 a space followed, and then the `)`.
    if (text.charCodeAt(from) === C.SPACE && !text.startsWith(UNFINISHED, from)) from += 1;
    if (!call) {
      this.counts.lostHalves += 1;
      const bracket = text.indexOf(")", from);
      const result = bracket >= 0 && this.#result.read(text, bracket, 0) ? this.#result.value : null;
      this.#sink.lost(pid, name, result, this.#line);
      return true;
    }
    return this.#read(call, call.head + text.slice(from), pid, last);
  }

  #match(name: string, pid: number | null): OpenCall | null {
    let call = this.#open.take(pid);
    call ??= this.#pid === null ? this.#open.takeUnlabelled(pid, name) : undefined;
    if (name.startsWith("execve") && call?.name !== name) {
      const exec = this.#open.takeExec();
      if (exec) {
        if (call) this.#finishPending(call);
        if (pid !== null && exec.pid !== null) this.#sink.superseded(pid, exec.pid, this.#line);
        return exec;
      }
    }
    if (call && call.name !== name) {
      this.#finishPending(call);
      return null;
    }
    return call ?? null;
  }

  #exit(text: ByteString, at: number, pid: number | null): boolean {
    const status = EXIT.exec(text.slice(at));
    if (!status) return false;
    const [, how, number] = status;
    if (this.#torn) this.#dropTorn();
    if (how === "superseded by execve in pid") {
      this.#superseded(pid, Number(number));
      return true;
    }
    const open = this.#open.take(pid);
    if (open) this.#finishPending(open);
    if (how === "killed by") this.#sink.killed(pid, this.#line);
    else this.#sink.exited(pid, number === undefined ? null : Number(number), this.#line);
    return true;
  }

  #superseded(pid: number | null, by: number): void {
    let exec = this.#open.take(by);
    const own = this.#open.take(pid);
    if (own && own.name.startsWith("execve") && !exec) exec = own;
    else if (own) this.#finishPending(own);
    if (exec) {
      exec.superseding = true;
      this.#open.put(pid, exec);
    }
    this.#sink.superseded(pid, by, this.#line);
  }

  /** Keeps a line that ends too early, until its rest comes. */
  #tear(call: OpenCall, source: ByteString): void {
    this.#dropTorn();
    const message = findOwnMessage(source);
    const head = message ? source.slice(0, message.at) : trustedPart(source, this.#scanner);
    const { name, signature, at, line, pid, time, text } = call;
    this.#torn = { name, signature, head, at, line, pid, time, text, message };
  }

  /** A line that is nothing of strace's by itself: the rest of a torn call, a message, or noise. */
  #other(text: ByteString, last: boolean): void {
    if (this.#torn && this.#mend(this.#torn, text, last)) return;
    if (this.#endWithoutLeader(text)) return;
    const message = findOwnMessage(text);
    if (message) this.#tell(message);
    else this.counts.unparsedLines += 1;
  }

  /** Until 6.7, -z could end a call in the line after its ` <unfinished ...>`, with neither leader nor `resumed`. */
  #endWithoutLeader(text: ByteString): boolean {
    const { pid, line } = this.#opened;
    if (line !== this.#line - 1 || text.charCodeAt(0) !== C.RIGHT_PARENTHESIS) return false;
    if (!this.#result.read(text, 0, 0)) return false;
    const call = this.#open.take(pid);
    return call !== undefined && this.#read(call, call.head + text, pid, false);
  }

  #mend(torn: TornCall, text: ByteString, last: boolean): boolean {
    let rest: ByteString | null = null;
    if (text.endsWith(UNFINISHED)) rest = torn.message ? text : UNFINISHED;
    else if (torn.message) rest = text;
    else {
      this.#scanner.skip = 0;
      const end = this.#scanner.scan(text, 0);
      if (end === "closed" && this.#result.read(text, this.#scanner.end, 0)) rest = text;
    }
    if (rest === null) return false;
    this.#torn = null;
    this.counts.tornLines += 1;
    const { name, signature, head, at, line, pid, time } = torn;
    const call = { name, signature, head, at, line, pid, time, text: torn.text, superseding: false };
    const done = this.#read(call, head + rest, pid, last);
    // Said in the middle of the call, so the call began before.
    if (torn.message) this.#tell(torn.message);
    return done;
  }

  #dropTorn(): void {
    const torn = this.#torn;
    if (!torn) return;
    this.#torn = null;
    this.counts.tornLines += 1;
    const { name, signature, head, at, line, pid, time, text } = torn;
    this.#finishPending({ name, signature, head, at, line, pid, time, text, superseding: false });
    if (torn.message) this.#tell(torn.message);
  }

  #tell(message: OwnMessage): void {
    if (message.pid === null) return;
    if (message.what === "attached") this.#sink.attached(message.pid, this.#line);
    else if (message.what === "detached") this.#sink.detached(message.pid, this.#line);
  }
}

const EXIT = /^\+\+\+ (exited with|killed by|superseded by execve in pid) ?(\d+)?/;

/** Hex dumps (-e read=), their captions, and stack frames (-k): parts of the call before. */
function isAttachment(text: ByteString): boolean {
  if (text.charCodeAt(0) !== C.SPACE || text.charCodeAt(2) !== C.SPACE) return false;
  const mark = text.charCodeAt(1);
  return mark === C.BAR || mark === C.GREATER || mark === C.ASTERISK;
}

function isTokenStart(text: ByteString, at: number): boolean {
  switch (text.charCodeAt(at)) {
    case C.LESS:
      return text.startsWith("<... ", at);
    case C.PLUS:
      return text.startsWith("+++ ", at);
    case C.MINUS:
      return text.startsWith("--- ", at);
    case C.LEFT_BRACKET:
      return text.startsWith("[ Process ", at);
    default:
      return endOfName(text, at) > 0;
  }
}

/** The index of the `(` behind a name of a syscall; -1 when there is no such name. */
function endOfName(text: ByteString, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    const letter = (code >= C.LOWER_A && code <= C.LOWER_Z) || code === C.UNDERSCORE;
    if (!letter && !(at > from && isDigit(code))) break;
    at += 1;
  }
  return at > from && text.charCodeAt(at) === C.LEFT_PARENTHESIS ? at : -1;
}
