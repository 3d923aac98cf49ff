import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { Command, Option } from "clipanion";
import { EXIT, HostbleedError } from "../model/errors.ts";
import { systemReason } from "../model/system-reason.ts";
import { printable } from "../report/printable.ts";
import { BaseCommand } from "./base.ts";
import { configText } from "./config/template.ts";
import { buildroot } from "./init/buildroot.ts";
import { cargo } from "./init/cargo.ts";
import type { Clue, Detector } from "./init/clue.ts";
import { cmake } from "./init/cmake.ts";
import { compilers } from "./init/compilers.ts";
import { yoctoBuild, yoctoRecipe, yoctoSdk } from "./init/yocto.ts";
import { writeWhole } from "./whole-file.ts";

/** Everything that is looked for; what is nearest to the build comes first. */
const DETECTORS: readonly Detector[] = [
  yoctoSdk,
  yoctoRecipe,
  yoctoBuild,
  buildroot,
  cmake,
  cargo,
  compilers,
];

/** `hostbleed init`. */
export class InitCommand extends BaseCommand {
  static override paths = [["init"]];
  static override usage = Command.Usage({
    description: "writes hostbleed.yaml from what this machine and folder show",
    details: `
      Looks for a Yocto SDK's environment, a recipe's work folder, a BitBake build folder, Buildroot's output folder, a
      CMake toolchain file, cargo's configuration and cross compilers in PATH. What it finds is set, with a comment that
      says where it was found; everything else stands in the file as a comment.
    `,
    examples: [
      ["Write the file", "$0 init"],
      ["Only look at it", "$0 init --print"],
    ],
  });

  printOnly = Option.Boolean("--print", { description: "print it, and write nothing" });
  force = Option.Boolean("--force", { description: "replace a file that is there" });

  override async run(): Promise<number> {
    const { cwd, env, stderr } = this.context;
    const clues = DETECTORS.flatMap((detect) => detect({ cwd, env }));
    const text = configText(clues, cwd);
    if (this.printOnly) {
      await this.print([text]);
      return EXIT.clean;
    }
    const file = resolve(cwd, "hostbleed.yaml");
    if (existsSync(file) && !this.force)
      throw new HostbleedError(
        "usage",
        "hostbleed.yaml is there already",
        "--force replaces it, --print shows what would be written",
      );
    try {
      writeWhole(file, text);
    } catch (error) {
      throw new HostbleedError("report-unwritable", `${file}: ${systemReason(error)}`);
    }
    stderr.write(`hostbleed: wrote hostbleed.yaml; ${foundText(clues)}\n`);
    return EXIT.clean;
  }
}

function foundText(clues: readonly Clue[]): string {
  const places = [...new Set(clues.map(({ from }) => printable(from)))];
  return places.length === 0
    ? "nothing about the target was found, so traces have to tell it"
    : `found ${places.join(", ")}`;
}
