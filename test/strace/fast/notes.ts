import { isTelling } from "../../../src/model/content.ts";
import type { Syscall } from "../../../src/model/syscall.ts";
import { type RepeatSink, UNTOLD } from "../../../src/model/syscall-sink.ts";
import { ParsedCall } from "../../../src/strace/call.ts";

/** Writes down what a lane tells, each event as a line of text, so that two lanes can be compared. */
export class Notes implements RepeatSink {
  readonly events: string[] = [];

  behind(): RepeatSink {
    return this;
  }
  turnTo(): void {}
  /** Every call shall come in full. */
  note(): void {}
  noteLike(): boolean {
    return false;
  }
  noteHalf(): void {}
  began(): number {
    return UNTOLD;
  }
  inside(): void {}
  pathId(): number {
    return 0;
  }
  repeated(): boolean {
    return false;
  }
  remainderOf(): number {
    return 0;
  }
  spent(): boolean {
    return false;
  }
  entered(call: Syscall): void {
    this.#note("entered", textOf(call));
  }
  finished(call: Syscall): void {
    this.#note("finished", textOf(call));
  }
  exited(...said: unknown[]): void {
    this.#note("exited", said);
  }
  killed(...said: unknown[]): void {
    this.#note("killed", said);
  }
  superseded(...said: unknown[]): void {
    this.#note("superseded", said);
  }
  attached(...said: unknown[]): void {
    this.#note("attached", said);
  }
  detached(...said: unknown[]): void {
    this.#note("detached", said);
  }
  lost(...said: unknown[]): void {
    this.#note("lost", said);
  }
  #note(what: string, said: unknown): void {
    this.events.push(`${what} ${JSON.stringify(said)}`);
  }
}

const FIELDS = [
  ...Object.keys(new ParsedCall("", 0, 0, null, null, null, "", "", 0, 0)),
  "argv",
  "env",
] as (keyof Syscall)[];
/** What tells something, as strace writes it: it never escapes a printable character. */
const TELLS = /ELF|-[ILi]|link-search|incompatible|\\x/;
const ADDRESS = /0x[0-9a-f]{9,}/g;

/** All that the process stage can see of a call. Times are for -ff sets, which the careful lane reads alone. */
function textOf(call: Syscall): unknown {
  const seen: Record<string, unknown> = {};
  for (const field of FIELDS) if (field !== "time") seen[field] = call[field];
  const { content } = call;
  if (content === undefined) seen.args = call.args.map(withoutOmissions);
  else if (isTelling(call.name, content.bytes) && TELLS.test(call.text)) seen.content = content;
  if (call.flags !== undefined) seen.flags = withoutOmissions(call.flags);
  seen.text = call.text;
  return seen;
}

/** An argument without what the scanner may leave out. */
function withoutOmissions(argument: string): string {
  return argument
    .replace(ADDRESS, "0x")
    .replace(/(?<=<(?:pipe|socket):\[)\d+(?=\]>)/g, "")
    .replace(/^\{.*\}$/s, "{}");
}
