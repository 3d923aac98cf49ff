import { Option } from "clipanion";
import { BaseCommand } from "./base.ts";

/** A command that is told of a build's zones and rule packs: the options that judging and explaining share. */
export abstract class ZonedCommand extends BaseCommand {
  target = Option.String("--target", {
    description: "machine that the product runs on, as aarch64-poky-linux",
  });
  host = Option.String("--host", {
    description: "machine that builds, as x86_64-linux-gnu",
  });
  sysroot = Option.Array("--sysroot", {
    description: "folder with the target's headers and libraries; repeatable",
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
}
