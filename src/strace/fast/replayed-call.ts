import type { ByteString } from "../../model/byte-string.ts";
import type { FdArgument, ListArgument, StringArgument, Syscall } from "../../model/syscall.ts";
import { ParsedCall } from "../call.ts";
import type { Tail } from "./tail.ts";

/** Cuts the line that is being read out of the input: done only when a finding may quote it. */
export type QuoteLine = () => ByteString;

/**
 * A call whose text comes again and again: decoded once, and told anew with another pid, line and result.
 * It is one object all the time, so a sink must be done with it when it returns.
 */
export class ReplayedCall implements Syscall {
  line = 0;
  endLine = 0;
  pid: number | null = null;
  result: number | null = null;
  errno: string | null = null;
  resultPath: ByteString | null = null;
  resultPid: number | null = null;
  injected = false;
  memo: unknown = null;
  readonly endPid: null = null;
  readonly time: null = null;
  readonly restarted: boolean = false;
  readonly pending: boolean = false;
  readonly name: string;
  readonly dirfd: FdArgument | undefined;
  readonly path: StringArgument | undefined;
  readonly dirfd2: FdArgument | undefined;
  readonly path2: StringArgument | undefined;
  readonly target: StringArgument | undefined;
  readonly fd: FdArgument | undefined;
  readonly flags: string | undefined;
  readonly argv: ListArgument | undefined;
  readonly env: ListArgument | undefined;
  readonly envCount: number | undefined;
  readonly out: StringArgument | undefined;
  readonly address: string | undefined;
  readonly size: number | undefined;
  readonly made: readonly FdArgument[] | undefined;
  readonly content: StringArgument | undefined;
  readonly #source: ByteString;
  readonly #at: number;
  readonly #quote: QuoteLine;

  /** `source` is the text of the call, whose arguments begin at `at`. */
  constructor(parsed: Syscall, source: ByteString, at: number, quote: QuoteLine) {
    this.name = parsed.name;
    this.dirfd = parsed.dirfd;
    this.path = parsed.path;
    this.dirfd2 = parsed.dirfd2;
    this.path2 = parsed.path2;
    this.target = parsed.target;
    this.fd = parsed.fd;
    this.flags = parsed.flags;
    this.argv = parsed.argv;
    this.env = parsed.env;
    this.envCount = parsed.envCount;
    this.out = parsed.out;
    this.address = parsed.address;
    this.size = parsed.size;
    this.made = parsed.made;
    this.content = parsed.content;
    this.#source = source;
    this.#at = at;
    this.#quote = quote;
  }

  get args(): readonly ByteString[] {
    const { name, line } = this;
    return new ParsedCall(name, line, line, null, null, null, "", this.#source, this.#at, 0).args;
  }

  get text(): ByteString {
    return this.#quote();
  }

  /** An object of its own, for a sink that keeps calls; `text` is its line. */
  kept(text: ByteString): ReplayedCall {
    const copy = new ReplayedCall(this, this.#source, this.#at, () => text);
    copy.line = this.line;
    copy.endLine = this.endLine;
    copy.pid = this.pid;
    copy.result = this.result;
    copy.errno = this.errno;
    copy.resultPath = this.resultPath;
    copy.resultPid = this.resultPid;
    copy.injected = this.injected;
    copy.memo = this.memo;
    return copy;
  }

  /** Begins anew, in another line. */
  began(pid: number, line: number): this {
    this.pid = pid;
    this.line = line;
    this.endLine = line;
    return this;
  }

  /** Takes over a result: its number, and what stood behind that. */
  conclude(result: number | null, tail: Tail): this {
    this.result = result;
    this.errno = tail.errno;
    this.resultPath = tail.path;
    this.resultPid = tail.pid;
    this.injected = tail.injected;
    return this;
  }
}
