import { Command, Option } from "clipanion";
import { JudgingCommand } from "./judging-command.ts";

/** `hostbleed check`. */
export class CheckCommand extends JudgingCommand {
  static override paths = [["check"]];
  static override readonly synopsis = "[options] [TRACE...]";
  static override usage = Command.Usage({
    description: "judges strace logs: which files of the build host entered the target's build",
    details: `
      A TRACE is a file, a folder with the files of strace -ff, a glob, or - for stdin; without one, stdin is read.
      Files may be compressed with gzip, zstd or xz.

      Machines and folders that are not given are inferred from the log, and the report names them.

      Each option can also stand in hostbleed.yaml (hostbleed init writes one) or in the environment, as
      HOSTBLEED_FAIL_ON=warning; the command line goes before the environment, the environment before the file.

      Exit codes: 0 nothing at or above --fail-on; 1 leaks; 2 options, configuration, baseline or rule pack wrong;
      3 the input is unreadable or damaged, is no strace log, holds no file access or, with --strict, left something undecided.
    `,
    examples: [
      ["Judge a log", "$0 check build.strace"],
      ["Judge a build's own stderr", "strace -f -e trace=%file,%process make 2>&1 | $0 check"],
      [
        "Say which folders are the target's",
        "$0 check --target aarch64-poky-linux --sysroot sysroot build.log",
      ],
      [
        "Gate in CI, with reports for people and machines",
        "$0 check --report sarif=out.sarif --report junit=out.xml build.log",
      ],
      ["Accept today's leaks, fail on new ones", "$0 check --update-baseline build.strace"],
    ],
  });

  traces = Option.Rest({ name: "TRACE" });

  override run(): Promise<number> {
    return this.judge(this.traces);
  }
}
