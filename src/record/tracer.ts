import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { HostbleedError } from "../model/errors.ts";
import { systemReason } from "../model/system-reason.ts";
import type { CommandEnd } from "./command.ts";
import { leftBy } from "./leftovers.ts";
import { refusal } from "./permission.ts";
import { familyOf, isAlive, nameOf, signalAll, statusField, traceesOf } from "./tracees.ts";

/** How long a build that was told to end may take, before it is killed. */
const GRACE_MS = 5_000;
/** How long strace may take to let go of what it was attached to. */
const DETACH_MS = 1_000;
/** Between two looks for tracees to kill: one that is being born escapes the first. */
const KILL_AGAIN_MS = 100;

/** A running strace and the processes that it traces. */
export class Tracer {
  /** Settles when strace is gone. */
  readonly ended: Promise<void>;
  /** How strace ended, which is how the command did; null while it runs. */
  end: CommandEnd | null = null;
  /** The command's own process, as the log names it; null until it does. */
  command: number | null = null;
  /** Whether strace was killed, and the build with it, since none can go on half traced. */
  cutShort = false;
  readonly #child: ChildProcess;
  readonly #attached: boolean;
  #complaint = "";
  #stopped = false;
  #failure: Error | null = null;
  #killer: NodeJS.Timeout | null = null;

  constructor(
    program: string,
    args: readonly string[],
    {
      attached,
      ...options
    }: {
      readonly cwd: string;
      readonly env: NodeJS.ProcessEnv;
      readonly stdio: StdioOptions;
      /** Whether the tracees were there before, and will outlive the tracing. */
      readonly attached: boolean;
    },
  ) {
    this.#attached = attached;
    this.#child = spawn(program, args, options);
    this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#complaint = (this.#complaint + text).slice(-4096);
    });
    this.ended = new Promise((resolve) => {
      this.#child.once("error", (error) => {
        this.#failure = error;
        resolve();
      });
      this.#child.once("close", (status, signal) => {
        this.end = { status, signal };
        if (this.#killer !== null) clearTimeout(this.#killer);
        this.#endOrphans();
        resolve();
      });
    });
  }

  /** strace's own process; undefined when it could not be started. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Tells the build to end, and kills what has not ended after a while; lets attached processes go. */
  stop(reason: unknown): void {
    if (this.#child.pid === undefined || this.end !== null) return;
    this.#stopped = true;
    if (this.#attached) {
      // strace detaches from all tracees and ends, unless one waits for its own vfork's child, which strace holds:
      // each then waits for the other. When strace dies, the kernel lets all of them go.
      this.#child.kill("SIGINT");
      this.#killer ??= setTimeout(() => this.#child.kill("SIGKILL"), DETACH_MS);
      return;
    }
    signalAll(traceesOf(this.#child.pid), isSignal(reason) ? reason : "SIGTERM");
    this.#killer ??= setTimeout(() => this.kill(), GRACE_MS);
  }

  /**
   * Tells what the command left behind, idle, to end. It cannot be let go instead: the filter of --seccomp-bpf would
   * stay with it and fail its calls.
   * @param onEnd gets the names of what was told
   */
  async endLeftovers(onEnd: (names: readonly string[]) => void): Promise<void> {
    const tracer = this.#child.pid;
    if (tracer === undefined || this.#attached) return;
    const over = new AbortController();
    void this.ended.then(() => over.abort());
    const left = await leftBy(() => this.command, { tracer, signal: over.signal });
    if (left.length === 0 || this.#stopped) return;
    onEnd([...new Set(left.map(nameOf))]);
    this.stop("SIGTERM");
  }

  /** Kills every tracee, until none is left. */
  kill(): void {
    if (this.#child.pid === undefined || this.end !== null || this.#attached) return;
    if (this.#killer !== null) clearTimeout(this.#killer);
    signalAll(traceesOf(this.#child.pid), "SIGKILL");
    this.#killer = setTimeout(() => this.kill(), KILL_AGAIN_MS);
  }

  /**
   * strace ends after its tracees. Where it was killed, the filter of --seccomp-bpf stays with them and makes each
   * traced call fail with ENOSYS: what they build from then on is worth nothing.
   */
  #endOrphans(): void {
    if (this.#attached || this.command === null || !isAlive(this.command)) return;
    this.cutShort = true;
    signalAll(familyOf(this.command), "SIGKILL");
  }

  /** Hands a signal on to the command. */
  signalCommand(signal: NodeJS.Signals): void {
    const strace = this.#child.pid;
    if (strace === undefined || this.end !== null) return;
    const commands = traceesOf(strace).filter((pid) => statusField(pid, "PPid") === strace);
    signalAll(commands, signal);
  }

  /**
   * @param delivered bytes of log that came
   * @throws HostbleedError `recording-failed` when strace could not be run, `strace-refused` when it got hold of nothing
   */
  requireSuccess(delivered: number): void {
    if (this.#failure !== null)
      throw new HostbleedError("recording-failed", systemReason(this.#failure));
    if (this.#attached && !this.#stopped && delivered === 0 && this.end?.status !== 0)
      throw refusal(this.#complaint);
  }
}

function isSignal(reason: unknown): reason is NodeJS.Signals {
  return typeof reason === "string" && reason.startsWith("SIG");
}
