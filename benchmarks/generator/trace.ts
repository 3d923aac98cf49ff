import type { Call, Script, Step } from "./call.ts";
import { type Dialect, type DialectName, dialectOf } from "./dialect.ts";
import { Programs } from "./programs.ts";
import { Random } from "./random.ts";
import { richSpelling, shortSpelling } from "./spelling.ts";

/** Which calls a log holds, as `strace -e trace=` chooses them. */
export const KINDS = ["all", "file", "open"] as const;
export type Kind = (typeof KINDS)[number];

/** A trace to be made up. The same description gives the same bytes. */
export interface TraceDescription {
  readonly kind: Kind;
  readonly dialect: DialectName;
  /** The trace ends with the first line at or behind this size. */
  readonly bytes: number;
  readonly seed: number;
}

/**
 * How often the log goes from one tracee to another, and how often that splits a call. Measured on real logs
 * of an autotools and a cmake build at -j3: 10 to 15 % switches, 3 to 7 % of lines resumed.
 */
const SWITCHES = 0.1;
const SPLITS = 0.55;
/** Piece of text that is handed over at once. */
const PIECE = 1 << 18;

const OPENS = new Set(["openat", "open"]);
const FILE_AND_PROCESS = new Set([
  ...OPENS,
  "execve",
  "access",
  "newfstatat",
  "stat",
  "unlink",
  "rename",
  "vfork",
  "clone",
  "wait4",
]);
const CHOSEN: Readonly<Record<Kind, (call: Call) => boolean>> = {
  all: () => true,
  // An fstat in disguise has an empty path, but %file holds newfstatat.
  file: ({ name }) => FILE_AND_PROCESS.has(name),
  open: ({ name }) => OPENS.has(name),
};

interface Process {
  readonly pid: number;
  readonly script: Script;
  readonly parent: Process | null;
  /** The second half of its call, once it goes on. */
  rest: string | null;
  children: number;
  /** Children that ended and were not waited for yet. */
  dead: number[];
  waiting: boolean;
}

/** Makes up a trace, piece by piece; nothing of it is kept, so any size can be had. */
export function* makeTrace(description: TraceDescription): Generator<Buffer, void, void> {
  const build = new Build(description);
  let text = "";
  for (let written = 0; written < description.bytes; ) {
    const line = build.nextLines();
    text += line;
    written += line.length;
    if (text.length < PIECE && written < description.bytes) continue;
    yield Buffer.from(text, "latin1");
    text = "";
  }
}

/** The processes of one simulated build, and whose turn it is. */
class Build {
  readonly #random: Random;
  readonly #dialect: Dialect;
  readonly #programs: Programs;
  readonly #chosen: (call: Call) => boolean;
  readonly #ready: Process[] = [];
  #current: Process;
  #lastPid = 4000;
  #line = "";

  constructor({ kind, dialect, seed }: TraceDescription) {
    this.#random = new Random(seed);
    this.#dialect = dialectOf(dialect, this.#random);
    const spelling = this.#dialect.rich ? richSpelling() : shortSpelling(this.#random);
    this.#programs = new Programs(this.#random, spelling);
    this.#chosen = CHOSEN[kind];
    const folder = "/build/app-1.0/build";
    this.#current = this.#spawn(this.#programs.make(folder, 8), null);
    this.#ready.push(this.#current);
  }

  /** What the log gains until the next call is complete, or split; may be empty where a call is not chosen. */
  nextLines(): string {
    this.#line = "";
    if (this.#random.chance(SWITCHES)) this.#current = this.#random.pick(this.#ready);
    const process = this.#current;
    this.#resume(process);
    const next = process.script.next();
    if (next.done === true) this.#end(process);
    else this.#take(process, next.value);
    return this.#line;
  }

  #take(process: Process, step: Step): void {
    switch (step.what) {
      case "call":
        this.#call(process, step.call);
        break;
      case "say":
        if (this.#dialect.shared) this.#line += step.text;
        break;
      case "fork":
        this.#fork(process, step.how, step.child);
        break;
      case "wait":
        if (process.dead.length > 0) this.#reap(process);
        else if (process.children > 0) this.#block(process);
    }
  }

  #call(process: Process, call: Call): void {
    if (!this.#chosen(call)) return;
    const { name, entry, exit, result } = call;
    const leader = this.#dialect.leader(process.pid);
    if (this.#ready.length > 1 && this.#random.chance(SWITCHES * SPLITS)) {
      this.#line += `${leader}${name}(${entry} <unfinished ...>\n`;
      process.rest = `<... ${name} resumed>${exit}) = ${result}`;
      this.#current = this.#random.pick(this.#ready);
      this.#resume(this.#current);
      return;
    }
    const head = `${leader}${name}(${entry}${exit})`;
    this.#line += `${head.padEnd(leader.length + 33)} = ${result}${this.#dialect.tail()}`;
  }

  #resume(process: Process): void {
    if (process.rest === null) return;
    this.#line += `${this.#dialect.leader(process.pid)}${process.rest}${this.#dialect.tail()}`;
    process.rest = null;
  }

  #fork(parent: Process, how: "vfork" | "clone", script: Script): void {
    const child = this.#spawn(script, parent);
    parent.children += 1;
    this.#ready.push(child);
    const entry =
      how === "vfork"
        ? ""
        : "child_stack=NULL, flags=CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID|SIGCHLD, child_tidptr=0x7f1c8d2a3a10";
    const call: Call = { name: how, entry, exit: "", result: String(child.pid) };
    if (!this.#chosen(call)) return;
    const leader = this.#dialect.leader(parent.pid);
    // strace's own message tears the line where stderr is shared.
    if (this.#dialect.shared)
      this.#line += `${leader}${how}(${entry}strace: Process ${child.pid} attached\n <unfinished ...>\n`;
    else this.#line += `${leader}${how}(${entry} <unfinished ...>\n`;
    parent.rest = `<... ${how} resumed>) = ${child.pid}`;
    this.#current = child;
  }

  #block(process: Process): void {
    process.waiting = true;
    this.#line += this.#waitLine(process, "wait4(-1,  <unfinished ...>\n");
    this.#ready.splice(this.#ready.indexOf(process), 1);
    this.#current = this.#random.pick(this.#ready);
  }

  #reap(process: Process): void {
    const pid = process.dead.pop();
    const text = `wait4(-1, [{WIFEXITED(s) && WEXITSTATUS(s) == 0}], 0, NULL) = ${pid}`;
    this.#line += this.#waitLine(process, text + this.#dialect.tail());
  }

  #waitLine(process: Process, text: string): string {
    const chosen = this.#chosen({ name: "wait4", entry: "", exit: "", result: "" });
    return chosen ? this.#dialect.leader(process.pid) + text : "";
  }

  #end(process: Process): void {
    this.#line += `${this.#dialect.leader(process.pid)}+++ exited with 0 +++\n`;
    this.#ready.splice(this.#ready.indexOf(process), 1);
    const { parent } = process;
    if (parent !== null) {
      parent.children -= 1;
      if (parent.waiting) {
        parent.waiting = false;
        this.#line += this.#waitLine(
          parent,
          `<... wait4 resumed>[{WIFEXITED(s) && WEXITSTATUS(s) == 0}], 0, NULL) = ${process.pid}${this.#dialect.tail()}`,
        );
        this.#line += `${this.#dialect.leader(parent.pid)}--- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=${process.pid}, si_uid=1000, si_status=0, si_utime=0, si_stime=0} ---\n`;
        this.#ready.push(parent);
      } else {
        parent.dead.push(process.pid);
      }
    }
    this.#current = this.#random.pick(this.#ready);
  }

  #spawn(script: Script, parent: Process | null): Process {
    // As the kernel does: on, and round again at pid_max.
    this.#lastPid = this.#lastPid >= 4_194_303 ? 300 : this.#lastPid + 1;
    return {
      pid: this.#lastPid,
      script,
      parent,
      rest: null,
      children: 0,
      dead: [],
      waiting: false,
    };
  }
}
