import { Option } from "clipanion";
import { BaseCommand } from "./base.ts";
import { type Layer, SETTINGS } from "./config/settings.ts";
import type { LiveBuild } from "./judge.ts";

/** A command that judges a trace: the options that `check` and `run` share. */
export abstract class JudgingCommand extends BaseCommand {
  target = Option.String("--target", {
    description: "machine that the product runs on, as aarch64-poky-linux; inferred when not given",
  });
  host = Option.String("--host", {
    description: "machine that builds, as x86_64-linux-gnu; inferred when not given",
  });
  sysroot = Option.Array("--sysroot", {
    description:
      "folder with the target's headers and libraries; repeatable, inferred when not given",
  });
  nativeSysroot = Option.Array("--native-sysroot", {
    description: "folder with the build's own tools, as recipe-sysroot-native; repeatable",
  });
  toolchain = Option.Array("--toolchain", {
    description: "folder of the cross compiler; repeatable",
  });
  buildDir = Option.Array("--build-dir", {
    description: "folder that the build writes to; repeatable",
  });
  rules = Option.Array("--rules", {
    description:
      "one more rule pack: a built-in one's name, a file, or a folder of files; repeatable",
  });
  noDefaultRules = Option.Boolean("--no-default-rules", {
    description: "judge by the packs of --rules alone",
  });
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
