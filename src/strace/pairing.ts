import type { ByteString } from "../model/byte-string.ts";
import type { SyscallSink } from "../model/syscall-sink.ts";
import type { TraceCounts } from "../model/trace-counts.ts";
import { RIGHT_PARENTHESIS, SPACE } from "./chars.ts";
import type { OwnMessage } from "./own-message.ts";
import { isExec, type OpenCall, OpenCalls, type Seat } from "./pending.ts";
import type { Plan } from "./plan.ts";
import { CallReader } from "./reader.ts";
import type { ScanEnd } from "./scan.ts";
import { type ToldMessage, TornCall } from "./torn.ts";

const UNFINISHED = " <unfinished ...>";

/** Puts calls together that the log holds in pieces, and tells the sink of whole ones and first halves. */
export class Pairing {
  readonly #sink: SyscallSink;
  readonly #counts: TraceCounts;
  /** The number of the newest line. */
  readonly #line: () => number;
  /** True for the files of a `strace -ff` set: an exec by a thread begins in one and ends in another. */
  readonly #ofFiles: boolean;
  readonly #reader = new CallReader();
  /** For calls that are given up while another one is being read. */
  readonly #spare = new CallReader();
  readonly #open = new OpenCalls();
  #torn: TornCall | null = null;
  /** What strace said in the middle of a call that is not over yet. */
  readonly #messages: ToldMessage[] = [];
  /** Where the newest open call was left. */
  #openedBy: number | null = null;
  #openedAt = 0;

  constructor(sink: SyscallSink, counts: TraceCounts, line: () => number, ofFiles: boolean) {
    this.#sink = sink;
    this.#counts = counts;
    this.#line = line;
    this.#ofFiles = ofFiles;
  }

  /** True between a torn line and what becomes of it. */
  get isTorn(): boolean {
    return this.#torn !== null;
  }

  seatOf(pid: number): Seat {
    return this.#open.seatOf(pid);
  }

  /** Takes over a call that began elsewhere, in line `line`. */
  hold(pid: number, seat: Seat, call: OpenCall): void {
    this.#open.fill(seat, call);
    this.#openedBy = pid;
    this.#openedAt = call.line;
  }

  /** Gives a call back that ended elsewhere. */
  release(seat: Seat): void {
    this.#open.empty(seat);
  }

  /** Tells of a call as far as `source` has it: whole, its first half, or so much that the rest must follow. */
  read(call: OpenCall, source: ByteString, pid: number | null, last: boolean): void {
    const end = this.#reader.read(source, call.at);
    if (end === "closed" || end === "died") {
      this.#supplant(pid);
      this.#counts.syscalls += 1;
      this.#sink.finished(this.#reader.finished(call, source, this.#line(), pid));
    } else if (end !== "cut") {
      this.#interrupt(call, source, pid, end);
    } else if (!last) {
      this.dropTorn();
      this.#torn = new TornCall(call, source, this.#reader.scanner, this.#line());
    } else {
      this.#counts.truncated = true;
    }
  }

  /** Reads the rest of a call, `<... name resumed>rest`, which begins at `behind`. */
  resume(plan: Plan, text: ByteString, behind: number, pid: number | null, last: boolean): void {
    const call = this.#match(plan.name, pid);
    // Until 5.0 a space followed, and then the `)`.
    const spaced = text.charCodeAt(behind) === SPACE && !text.startsWith(UNFINISHED, behind);
    const from = spaced ? behind + 1 : behind;
    if (call) {
      this.read(call, call.head + text.slice(from), pid, last);
      return;
    }
    // The half that was cut short came first.
    if (this.#torn?.call.pid === pid) this.dropTorn();
    this.#counts.lostHalves += 1;
    const whole = this.#reader.read(text, from) === "closed";
    const result = whole ? this.#reader.result.value : null;
    this.#sink.lost(pid, plan.name, result, this.#line());
  }

  /** `pid` is gone: what it was inside of never ended. */
  settle(pid: number | null): void {
    this.#supplant(pid);
  }

  /** The exec of the thread `by` ends under `pid`. */
  supersede(pid: number | null, by: number): void {
    this.dropTorn();
    const own = this.#open.take(pid);
    const exec = this.#open.take(by) ?? (own && isExec(own.plan.name) ? own : undefined);
    if (own && own !== exec) this.#giveUp(own);
    if (exec) this.#open.put(pid, { ...exec, superseding: true });
    this.#sink.superseded(pid, by, this.#line());
  }

  /** Reads a line that has no leader as the rest of a call; false when it is none. */
  continue(text: ByteString, last: boolean): boolean {
    return (this.#torn !== null && this.#mend(this.#torn, text, last)) || this.#endBelow(text);
  }

  /** Goes on with the call of a line that was cut, exactly where that was; false when its call was over. */
  append(text: ByteString, last: boolean): boolean {
    const torn = this.#torn;
    if (torn === null || torn.messages.length > 0) return false;
    this.#torn = null;
    this.#counts.tornLines += 1;
    this.read(torn.call, torn.source + text, torn.call.pid, last);
    return true;
  }

  /** Tells of a message; its line is the newest. */
  tell(message: OwnMessage): void {
    this.#tell(message, this.#line());
  }

  /** Calls that are still open never ended. */
  end(): void {
    this.dropTorn();
    for (const call of this.#open.takeAll()) this.#giveUp(call);
  }

  #interrupt(call: OpenCall, source: ByteString, pid: number | null, how: ScanEnd): void {
    const { scanner } = this.#reader;
    const open: OpenCall = { ...call, head: source.slice(0, scanner.end) };
    this.#supplant(pid);
    this.#sink.entered(this.#reader.entered(open));
    if (how === "detached") this.#giveUp(open);
    else if (how === "unfinished") {
      this.#open.put(pid, open);
      this.#openedBy = pid;
      this.#openedAt = this.#counts.lines;
    } else if (!this.#ofFiles) this.#open.put(scanner.newPid, open);
    // In a set of files the leader's has the rest of the exec: the process stage puts them together.
  }

  /** A new line of `pid` proves that its open call and the torn one are over, unseen. */
  #supplant(pid: number | null): void {
    if (this.#torn) this.dropTorn();
    const open = this.#open.take(pid);
    if (open) this.#giveUp(open);
  }

  #giveUp(call: OpenCall): void {
    this.#counts.lostHalves += 1;
    this.#sink.finished(this.#spare.pending(call));
  }

  /** The open call that `<... name resumed>` of `pid` ends. */
  #match(name: string, pid: number | null): OpenCall | null {
    let call = this.#open.take(pid);
    if (!call && !this.#ofFiles) call = this.#open.takeUnlabelled(pid, name);
    if (isExec(name) && call?.plan.name !== name && !this.#ofFiles) {
      // -qqq hides "superseded by execve in pid".
      const exec = this.#open.takeExec();
      if (exec) {
        if (call) this.#giveUp(call);
        if (pid !== null && exec.pid !== null) {
          this.#sink.superseded(pid, exec.pid, this.#line());
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

  /** Until 6.7, -z could end a call in the line after its ` <unfinished ...>`, with neither leader nor `resumed`. */
  #endBelow(text: ByteString): boolean {
    if (this.#openedAt !== this.#counts.lines - 1) return false;
    if (text.charCodeAt(0) !== RIGHT_PARENTHESIS) return false;
    if (!this.#reader.result.read(text, 0, 0)) return false;
    const pid = this.#openedBy;
    const call = this.#open.take(pid);
    if (!call) return false;
    this.read(call, call.head + text, pid, false);
    return true;
  }

  #mend(torn: TornCall, text: ByteString, last: boolean): boolean {
    const whole = torn.mend(text, this.#reader);
    if (whole === null) return false;
    this.#torn = null;
    this.#counts.tornLines += 1;
    this.#messages.push(...torn.messages);
    this.read(torn.call, whole, torn.call.pid, last);
    // Said in the middle of the call, so the call began before.
    if (this.#torn === null) this.#tellAll();
    return true;
  }

  /** The rest of a torn call will not come. */
  dropTorn(): void {
    const torn = this.#torn;
    if (!torn) return;
    this.#torn = null;
    this.#counts.tornLines += 1;
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
