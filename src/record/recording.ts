import type { ReadOptions, TraceSource } from "../model/trace-source.ts";
import { type CommandEnd, requireCommand } from "./command.ts";
import { makeFifo } from "./fifo.ts";
import { guard } from "./guard.ts";
import { Leisure } from "./leisure.ts";
import { rehearse } from "./permission.ts";
import { pumpPipe } from "./pump.ts";
import { type SavedTrace, saveTrace } from "./saved-trace.ts";
import { straceArguments } from "./strace-arguments.ts";
import { findStrace } from "./strace-program.ts";
import { familyOf } from "./tracees.ts";
import { Tracer } from "./tracer.ts";

/** What to record. */
export interface RecordingWishes {
  /** The command with its arguments; empty when `attach` says what to trace. */
  readonly command: readonly string[];
  /** A running process: it and what descends from it are traced until they end, or the recording does. */
  readonly attach: number | null;
  /** Names of the calls to trace. */
  readonly calls: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Descriptor that the command's standard output goes to: 1, or 2 where stdout is the report's. */
  readonly stdout: 1 | 2;
  /** Whether someone waits for each line of the log: else it may lie while the build needs all cores. */
  readonly live: boolean;
  /** File to save the log in; null for none. */
  readonly save: string | null;
  /** What reports call the log; null for the file, or {@link RECORDING_NAME}. */
  readonly name: string | null;
  /** Gets the names of processes that the command left behind, idle, when they are told to end. */
  readonly onLeftovers: (names: readonly string[]) => void;
}

/** What reports call a log that has no name. */
export const RECORDING_NAME = "(strace)";

/** strace at work, as a source: the build begins when the source is opened. */
export class Recording implements TraceSource {
  readonly name: string;
  readonly pid: null = null;
  readonly set: null = null;
  readonly size: null = null;
  consumed = 0;
  /** Why the log could not be saved whole; null while all is well. */
  saveFailure: string | null = null;
  readonly #wishes: RecordingWishes;
  #tracer: Tracer | null = null;
  #stopped: unknown = null;

  constructor(wishes: RecordingWishes) {
    this.#wishes = wishes;
    this.name = wishes.name ?? wishes.save ?? RECORDING_NAME;
  }

  get damage(): string | null {
    if (this.#tracer?.cutShort === true) return "strace was killed";
    return this.#stopped !== null && this.#wishes.attach === null
      ? "the build was interrupted"
      : null;
  }

  /** How the command ended; null before, and for processes that were attached to. */
  get commandEnd(): CommandEnd | null {
    return this.#wishes.attach === null ? (this.#tracer?.end ?? null) : null;
  }

  /** Hands a signal on to the command. */
  signal(signal: NodeJS.Signals): void {
    this.#tracer?.signalCommand(signal);
  }

  /**
   * Ends the build with a signal, or detaches from processes that were attached to. The log ends there, and what it
   * holds until then is still delivered.
   */
  stop(signal: unknown): void {
    this.#stopped = signal;
    this.#tracer?.stop(signal);
  }

  /** Ends a build that was told to end and takes its time. */
  kill(): void {
    this.#tracer?.kill();
  }

  /**
   * Starts strace and delivers what it writes. Leaving early, or the abort signal, ends the build: first with
   * the signal that the abort's reason names, later with SIGKILL.
   * @throws HostbleedError `strace-missing`, `strace-too-old`, `strace-refused`, `command-missing`,
   * `command-unusable`, `save-failed`, `recording-failed`
   */
  async *open({ signal }: ReadOptions = {}): AsyncGenerator<Uint8Array> {
    const { command, attach, cwd, env, calls, stdout, live, save } = this.#wishes;
    const { path, version } = findStrace(env);
    const wishes = { version, calls, attach: attach === null ? [] : familyOf(attach) };
    if (attach === null) {
      requireCommand(command[0] ?? "", { cwd, path: env.PATH ?? "" });
      await rehearse(path, straceArguments({ ...wishes, output: "/dev/null" }));
    }
    const saved = save === null ? null : await saveTrace(save);
    const fifo = makeFifo();
    const args = straceArguments({ ...wishes, output: fifo.path });
    const tracer = new Tracer(path, [...args, ...(attach === null ? ["--", ...command] : [])], {
      cwd,
      env,
      stdio: ["inherit", stdout, attach === null ? "inherit" : "pipe"],
      attached: attach !== null,
    });
    this.#tracer = tracer;
    const leisure = new Leisure();
    const timing = live ? {} : { isTime: () => leisure.free() };
    if (this.#stopped !== null) tracer.stop(this.#stopped);
    void tracer.ended.then(fifo.release);
    void tracer.endLeftovers(this.#wishes.onLeftovers);
    const dismiss =
      attach === null && tracer.pid !== undefined ? guard(tracer.pid, fifo.folder) : null;
    try {
      for await (const chunk of pumpPipe(fifo.reader, { signal, ...timing })) {
        await this.#keep(chunk, saved);
        tracer.command ??= leadingPid(chunk);
        yield chunk;
      }
    } finally {
      tracer.stop(signal?.reason);
      // strace must never meet a pipe without a reader: it goes on, and complains at each line.
      for await (const chunk of pumpPipe(fifo.reader)) await this.#keep(chunk, saved);
      await saved?.close();
      this.saveFailure = saved?.failure ?? null;
      fifo.remove();
      dismiss?.();
    }
    tracer.requireSuccess(this.consumed);
  }

  #keep(chunk: Uint8Array, saved: SavedTrace | null): Promise<void> | undefined {
    this.consumed += chunk.length;
    return saved?.write(chunk);
  }
}

/** The pid that a log begins with: the command's. */
function leadingPid(chunk: Uint8Array): number | null {
  const pid = Number.parseInt(Buffer.from(chunk.subarray(0, 10)).toString("latin1"), 10);
  return pid > 0 ? pid : null;
}
