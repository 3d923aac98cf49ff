import { Command, Option } from "clipanion";
import { inspectSources } from "../inspect.ts";
import { EXIT, HostbleedError } from "../model/errors.ts";
import { RECORDED_CALLS } from "../process/calls.ts";
import { exitStatus } from "../record/command.ts";
import { Recording } from "../record/recording.ts";
import { printable } from "../report/printable.ts";
import type { Settings } from "./config/settle.ts";
import { fail } from "./failure.ts";
import { JudgingCommand } from "./judging-command.ts";
import { liveLines } from "./live-lines.ts";

/** Signals that are for the command: hostbleed itself does nothing with them. */
const HANDED_ON = ["SIGQUIT", "SIGUSR1", "SIGUSR2"] as const;

/** `hostbleed run`. */
export class RunCommand extends JudgingCommand {
  static override paths = [["run"]];
  static override readonly synopsis = "[options] -- COMMAND...";
  static override usage = Command.Usage({
    description: "runs a command under strace and judges it as it runs",
    details: `
      The command keeps its standard input, output and error, gets the signals that hostbleed gets, and its own
      exit code, when it is not 0, is the exit code of the run. No log is written unless --save names a file.

      The report is printed to stderr when the command has ended, since stdout is the command's. With another
      --format than text, stdout holds the report and nothing else, and the command's output goes to stderr;
      --report NAME=FILE writes reports beside it in both cases. Machines and folders that are not given are inferred.

      SIGINT, SIGTERM and SIGHUP end the build, which then has five seconds before it is killed; what was seen
      until then is judged and reported. What the command leaves behind is waited for while it works; a daemon,
      such as a compiler cache's server, is told to end after five idle seconds.

      Exit codes: the command's own, when it is not 0 (128 and the signal's number, when a signal killed it;
      127 and 126 when it cannot be run); else 0 nothing at or above --fail-on; 1 leaks; 2 options,
      configuration, baseline or rule pack wrong; 3 strace is missing, too old or not allowed to trace.
    `,
    examples: [
      ["Build and judge", "$0 run -- make -j8"],
      [
        "Gate in CI, and keep the log",
        "$0 run --report sarif=out.sarif --save build.zst -- cargo build",
      ],
      ["See leaks as they happen", "$0 run --live -- cmake --build build"],
      ["Look into a build that already runs, until it ends or Ctrl-C", "$0 run --attach 4711"],
    ],
  });

  save = Option.String("--save", {
    description: "keep the log in a file; .zst, .gz and .xz are compressed",
  });
  name = Option.String("--name", {
    description:
      "what reports call the log, to tell the builds of a merged report; its file if not given",
  });
  live = Option.Boolean("--live", { description: "say each leak on stderr as it happens" });
  attach = Option.String("--attach", {
    description: "trace a running process and its descendants instead of a command",
  });
  command = Option.Rest({ name: "COMMAND" });

  #recording: Recording | null = null;

  override async run(): Promise<number> {
    const attach = this.#attachedPid();
    const letGo = this.#handSignalsOn();
    let code: number;
    try {
      code = await this.judge([], {
        inspect: (settings, options) => {
          const { cwd, env, stderr } = this.context;
          const recording = new Recording({
            command: this.command,
            attach,
            calls: RECORDED_CALLS,
            cwd,
            env,
            stdout: reportOwnsStdout(settings) ? 2 : 1,
            live: this.live === true,
            save: this.save ?? null,
            name: this.name ?? null,
            onLeftovers: (names) => {
              if (!settings.quiet) stderr.write(`hostbleed: warning: ${leftoverText(names)}\n`);
            },
          });
          this.#recording = recording;
          const live = this.live ? { onFinding: liveLines(stderr, settings) } : {};
          // The log ends with the build, and is judged to its end: the signal is not for the judgement.
          const { signal, ...others } = options;
          if (signal?.aborted) recording.stop(signal.reason);
          signal?.addEventListener("abort", () => recording.stop(signal.reason));
          return inspectSources([recording], { ...others, ...live });
        },
        endsBySignal: attach !== null,
        stdout: (settings) =>
          reportOwnsStdout(settings) ? this.context.stdout : this.context.stderr,
      });
    } catch (error) {
      code = fail(error, this.context);
    } finally {
      letGo();
    }
    return this.#exitCode(code);
  }

  /** The command's own failure tells more than what its log says. */
  #exitCode(judged: number): number {
    const { commandEnd, saveFailure } = this.#recording ?? {};
    const unsaved =
      saveFailure && fail(new HostbleedError("save-failed", saveFailure), this.context);
    return (commandEnd && exitStatus(commandEnd)) || judged || unsaved || EXIT.clean;
  }

  /** The first interrupt ends the build, the second kills it; returns what undoes this. */
  #handSignalsOn(): () => void {
    let interrupts = 0;
    const release = this.context.onInterrupt(() => {
      interrupts += 1;
      if (interrupts > 1) this.#recording?.kill();
    });
    const hand = (signal: NodeJS.Signals) => this.#recording?.signal(signal);
    for (const signal of HANDED_ON) process.on(signal, hand);
    return () => {
      release();
      for (const signal of HANDED_ON) process.off(signal, hand);
    };
  }

  #attachedPid(): number | null {
    if (this.attach === undefined) {
      if (this.command.length > 0) return null;
      throw new HostbleedError("usage", "no command given", "hostbleed run -- make");
    }
    if (this.command.length > 0)
      throw new HostbleedError("usage", "--attach and a command exclude each other");
    if (!/^[1-9]\d*$/.test(this.attach))
      throw new HostbleedError(
        "usage",
        `--attach takes the number of a process, not ${this.attach}`,
      );
    return Number(this.attach);
  }
}

/** A process calls itself what it likes. */
function leftoverText(names: readonly string[]): string {
  return `the command has ended, and what it left behind idle was told to end: ${names.map(printable).join(", ")}`;
}

/** A report that a program reads must stand alone; a text for people may follow the command's output. */
function reportOwnsStdout({ format }: Settings): boolean {
  return format !== "text";
}
