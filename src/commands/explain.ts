import { resolve } from "node:path";
import { Command, Option } from "clipanion";
import { fromText } from "../model/byte-string.ts";
import { EXIT, HostbleedError } from "../model/errors.ts";
import { SIDES, USES } from "../model/facts.ts";
import type { Paint } from "../report/paint.ts";
import type { RulePack } from "../rules/index.ts";
import { flagLayer } from "./config/flags.ts";
import type { PathQuestion } from "./judge-path.ts";
import { paintFor, wantsColor } from "./paint.ts";
import { named, packsOf } from "./rule-packs.ts";
import { ruleLines } from "./rule-text.ts";
import { suggestion } from "./suggestion.ts";
import { ZonedCommand } from "./zoned-command.ts";

/** `hostbleed explain`. */
export class ExplainCommand extends ZonedCommand {
  static override paths = [["explain"]];
  static override readonly synopsis = "[options] RULE | PATH";
  static override usage = Command.Usage({
    description: "tells what a rule means and how to fix it, or how a path would be judged",
    details: `
      A PATH begins with / or with a dot. It is judged as if one program had opened it while working for the target;
      --program, --side and --use say which and what for. The zones are those of --sysroot and its kin, as for check.
    `,
    examples: [
      ["What does this finding want from me?", "$0 explain pkgconfig/host-pc-file"],
      [
        "Would this be a leak?",
        "$0 explain /usr/include/zlib.h --program cc1 --sysroot /opt/sysroot",
      ],
      ["And for a tool of the host?", "$0 explain /usr/lib/libz.so --program ld --side host"],
    ],
  });

  program = Option.String("--program", {
    description:
      "base name of the program that opens PATH, as cc1, ld or pkg-config; guessed when not given",
  });
  side = Option.String("--side", {
    description:
      "for which machine the program works: target, host or unknown; target when not given",
  });
  use = Option.String("--use", {
    description: `what it needs the file for: ${USES.join(", ")}; follows from the program when not given`,
  });
  subject = Option.String({ name: "RULE|PATH" });

  override async run(): Promise<number> {
    const packs = await packsOf(this);
    const paint = await paintFor(wantsColor("auto", this.context.stdout, this.context.env));
    const lines = this.#isPath()
      ? await this.#pathLines(packs, paint)
      : nameLines(this.subject, packs, paint);
    await this.print([...lines].map((line) => `${line}\n`));
    return EXIT.clean;
  }

  /** A rule's name has at most one slash, and not at its beginning. */
  #isPath(): boolean {
    return /^\.*(?:\/|$)/.test(this.subject) || this.subject.split("/").length > 2;
  }

  async #pathLines(packs: readonly RulePack[], paint: Paint): Promise<Iterable<string>> {
    const { judgePath, pathLines } = await import("./judge-path.ts");
    return pathLines(judgePath(this.#question(), packs), paint);
  }

  #question(): PathQuestion {
    const { cwd } = this.context;
    const { sysroot, nativeSysroot, toolchain, buildDir, target, host } = this;
    const zones = { sysroot, "native-sysroot": nativeSysroot, toolchain, "build-dir": buildDir };
    flagLayer({ ...zones, target, host });
    const absolute = (folders: readonly string[] = []) =>
      folders.map((folder) => fromText(resolve(cwd, folder)));
    return {
      path: resolve(cwd, this.subject),
      program: this.program,
      side: oneOf("--side", this.side, SIDES) ?? "target",
      use: oneOf("--use", this.use, USES),
      given: {
        target: target ?? null,
        host: host ?? null,
        sysroots: absolute(sysroot),
        nativeSysroots: absolute(nativeSysroot),
        toolchains: absolute(toolchain),
        buildDirs: absolute(buildDir),
      },
    };
  }
}

function* nameLines(name: string, packs: readonly RulePack[], paint: Paint): Iterable<string> {
  const { pack, rule } = named(name, packs);
  for (const [at, each] of (rule === null ? pack.rules : [rule]).entries()) {
    if (at > 0) yield "";
    yield* ruleLines(each, pack, paint);
  }
}

function oneOf<Word extends string>(
  option: string,
  word: string | undefined,
  words: readonly Word[],
): Word | undefined {
  if (word === undefined) return undefined;
  const found = words.find((each) => each === word);
  if (found !== undefined) return found;
  throw new HostbleedError(
    "usage",
    `${option} ${word}: expected one of ${words.join(", ")}${suggestion(word, words)}`,
  );
}
