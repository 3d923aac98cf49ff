import { Option } from "clipanion";
import { type Layer, SETTINGS } from "./config/settings.ts";
import type { LiveBuild } from "./judge.ts";
import { ZonedCommand } from "./zoned-command.ts";

/** A command that judges a trace: the options that `check` and `run` share. */
export abstract class JudgingCommand extends ZonedCommand {
  format = Option.String("--format", {
    description: `what stdout gets: ${SETTINGS.format.choices.join(", ")}; text when not given`,
  });
  report = Option.Array("--report", {
    description: "write a report to a file as well, as sarif=hostbleed.sarif; repeatable",
  });
  failOn = Option.String("--fail-on", {
    description:
      "mildest finding that fails the run: error, warning, note or never; error when not given",
  });
  baseline = Option.String("--baseline", {
    description: "file of known leaks; hostbleed-baseline.yaml when there is one",
  });
  updateBaseline = Option.Boolean("--update-baseline", {
    description: "add every leak of this run to the baseline",
  });
  pruneBaseline = Option.Boolean("--prune-baseline", {
    description: "drop baseline entries that nothing in this run needs",
  });
  show = Option.String("--show", {
    description: "also list what was judged innocent (allowed), or is in the baseline (suppressed)",
  });
  config = Option.String("--config", {
    description: "configuration; hostbleed.yaml here or in a folder above when not given",
  });
  redact = Option.Boolean("--redact", {
    description:
      "rename homes, users and the project's folders in reports: $HOME, $USER, $SYSROOT, $BUILD",
  });
  strict = Option.Boolean("--strict", {
    description: "also fail when the trace could not decide something",
  });
  color = Option.String("--color", {
    description: "auto, always or never; auto when not given, and NO_COLOR is honoured",
  });
  quiet = Option.Boolean("-q,--quiet", { description: "no progress and no warnings on stderr" });
  verbose = Option.Boolean("-v,--verbose", { description: "unfold long lists" });
  noProgress = Option.Boolean("--no-progress", { description: "no progress on stderr" });

  /** Judges, reports, and says how the run ends. */
  protected async judge(traces: readonly string[], live?: LiveBuild): Promise<number> {
    const { judge } = await import("./judge.ts");
    return judge(
      {
        traces,
        ...(live === undefined ? {} : { live }),
        flags: this.flags(),
        config: this.config,
        updateBaseline: this.updateBaseline ?? false,
        pruneBaseline: this.pruneBaseline ?? false,
      },
      this.context,
    );
  }

  private flags(): { readonly [Name in keyof Layer]: unknown } {
    return {
      target: this.target,
      host: this.host,
      sysroot: this.sysroot,
      "native-sysroot": this.nativeSysroot,
      toolchain: this.toolchain,
      "build-dir": this.buildDir,
      rules: this.rules,
      "default-rules": negated(this.noDefaultRules),
      format: this.format,
      report: this.report,
      "fail-on": this.failOn,
      baseline: this.baseline,
      show: this.show,
      redact: this.redact,
      strict: this.strict,
      color: this.color,
      quiet: this.quiet,
      verbose: this.verbose,
      progress: negated(this.noProgress),
    };
  }
}

function negated(flag: boolean | undefined): boolean | undefined {
  return flag === undefined ? undefined : !flag;
}
