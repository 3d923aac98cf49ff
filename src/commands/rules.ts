import { Command, Option } from "clipanion";
import type { GivenLayout } from "../context/layout/inference.ts";
import { fromText } from "../model/byte-string.ts";
import { EXIT } from "../model/errors.ts";
import type { Paint } from "../report/paint.ts";
import { jsonText, printable } from "../report/printable.ts";
import { count } from "../report/words.ts";
import { loadRulePacks, type RulePack, testRulePack, type World } from "../rules/index.ts";
import { BaseCommand } from "./base.ts";
import { paintFor, wantsColor } from "./paint.ts";
import { namedOrRead, packsNamed, packsOf } from "./rule-packs.ts";
import { levelOf, ruleLines } from "./rule-text.ts";

/** What all `rules` commands share. */
abstract class RulesCommand extends BaseCommand {
  rules = Option.Array("--rules", {
    description:
      "one more rule pack: a built-in one's name, a file, or a folder of files; repeatable",
  });
  noDefaultRules = Option.Boolean("--no-default-rules", {
    description: "leave the built-in packs out",
  });

  protected paint(): ReturnType<typeof paintFor> {
    return paintFor(wantsColor("auto", this.context.stdout, this.context.env));
  }
}

/** `hostbleed rules list`. */
export class RulesListCommand extends RulesCommand {
  static override paths = [["rules", "list"]];
  static override readonly synopsis = "[options] [PACK...]";
  static override usage = Command.Usage({
    description: "lists every rule in the order in which they are asked",
    details: "With PACKs, a built-in one's name, a file or a folder, it lists theirs alone.",
    examples: [
      ["The built-in rules and your own", "$0 rules list --rules ./our-rules.yaml"],
      ["For a table elsewhere", "$0 rules list --json | jq -r '.[].id'"],
    ],
  });

  json = Option.Boolean("--json", { description: "as JSON" });
  packs = Option.Rest({ name: "PACK" });

  override async run(): Promise<number> {
    const all = await packsOf(this);
    const packs = this.packs.length > 0 ? await packsNamed(this.packs, all) : all;
    const rules = packs.flatMap((pack) => pack.rules);
    const paint = await this.paint();
    if (this.json) await this.print([`${jsonText(rules, 2)}\n`]);
    else await this.print(listLines(packs, paint));
    return EXIT.clean;
  }
}

function* listLines(packs: readonly RulePack[], paint: Paint): Iterable<string> {
  const width = Math.max(...packs.flatMap((pack) => pack.rules.map(({ id }) => id.length)));
  for (const pack of packs) {
    yield `${paint.strong(printable(pack.title))}  ${paint.faint(printable(pack.name))}\n`;
    for (const rule of pack.rules)
      yield `  ${printable(rule.id).padEnd(width)}  ${levelOf(rule, paint)}  ${printable(rule.title)}\n`;
  }
  const amount = packs.reduce((sum, pack) => sum + pack.rules.length, 0);
  yield `${count(amount, "rule")} in ${count(packs.length, "pack")}\n`;
}

/** `hostbleed rules show`. */
export class RulesShowCommand extends RulesCommand {
  static override paths = [["rules", "show"]];
  static override readonly synopsis = "[options] [RULE|PACK...]";
  static override usage = Command.Usage({
    description: "shows rules: what, why, what to do, when, and for what not",
    details:
      "A PACK is a built-in pack's name, a file or a folder; without any name, all are shown.",
    examples: [
      ["One rule", "$0 rules show pkgconfig/host-pc-file"],
      ["Your own pack", "$0 rules show ./our-rules.yaml"],
    ],
  });

  names = Option.Rest({ name: "RULE" });

  override async run(): Promise<number> {
    const packs = await packsOf(this);
    const paint = await this.paint();
    const lines: string[] = [];
    const chosen =
      this.names.length > 0
        ? (await Promise.all(this.names.map((name) => namedOrRead(name, packs)))).flat()
        : packs.map((pack) => ({ pack, rule: null }));
    for (const { pack, rule } of chosen) {
      for (const each of rule === null ? pack.rules : [rule])
        lines.push(...ruleLines(each, pack, paint), "");
    }
    await this.print(lines.map((line) => `${line}\n`));
    return EXIT.clean;
  }
}

/** `hostbleed rules test`. */
export class RulesTestCommand extends RulesCommand {
  static override paths = [["rules", "test"]];
  static override readonly synopsis = "[options] [PACK...]";
  static override usage = Command.Usage({
    description: "runs the examples that packs carry, each with its rule alone and among all packs",
    details: `
      A PACK is a built-in pack's name, a file or a folder; without one, the built-in packs are tested. An example fails
      as missing (its rule does not match), noisy (its rule matches what it should not) or shadowed (another rule speaks
      first). Exit codes: 0 all pass, 2 some do not, or a pack is wrong.
    `,
    examples: [
      ["Your own pack, among the built-in ones", "$0 rules test ./our-rules.yaml"],
      ["The built-in packs", "$0 rules test"],
    ],
  });

  packs = Option.Rest({ name: "PACK" });

  override async run(): Promise<number> {
    const among = await packsOf(this);
    const tested = this.packs.length > 0 ? await loadRulePacks(this.packs) : among;
    const paint = await this.paint();
    const { examine } = await import("../examine.ts");
    let passed = 0;
    let failed = 0;
    for (const pack of tested) {
      const trace = async (text: string, world: World) => examine(text, layoutOf(world));
      for (const { ok, text } of await testRulePack(pack, { among, trace })) {
        if (ok) passed++;
        else failed++;
        if (!ok) await this.print([`${paint.error(printable(text))}\n`]);
      }
    }
    await this.print([`${passed} passed, ${failed} failed\n`]);
    return failed > 0 ? EXIT.usage : EXIT.clean;
  }
}

function layoutOf(world: World): GivenLayout {
  return {
    target: world.target,
    host: world.host,
    sysroots: world.sysroot.map(fromText),
    nativeSysroots: world.nativeSysroot.map(fromText),
    toolchains: world.toolchain.map(fromText),
    buildDirs: world.build.map(fromText),
  };
}
