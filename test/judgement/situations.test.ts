import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { examine } from "../../src/examine.ts";
import type { Judge } from "../../src/model/rule.ts";
import { builtInPacks, compile } from "../../src/rules/index.ts";

interface Situation {
  readonly title: string;
  /** Null: nothing is given, and the layout is inferred. */
  readonly target: string | null;
  readonly strace: string;
  readonly findings: readonly string[];
}

function situationsIn(document: string): readonly Situation[] {
  return document
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const block = (name: string) =>
        new RegExp(`\`\`\`${name}\\n([\\s\\S]*?)\`\`\``).exec(section)?.[1] ?? "";
      return {
        title: section.split("\n", 1)[0] ?? "",
        target: block("given").startsWith("nothing")
          ? null
          : (/^target (\S+)/m.exec(block("given"))?.[1] ?? "aarch64-poky-linux"),
        strace: block("strace"),
        findings: block("findings")
          .split("\n")
          .filter((line) => line !== ""),
      };
    });
}

const SITUATIONS = situationsIn(readFileSync(new URL("./situations.md", import.meta.url), "utf8"));

let judge: Judge;
beforeAll(async () => {
  judge = compile(await builtInPacks());
});

describe("judgement", () => {
  test.each(SITUATIONS)("$title", ({ target, strace, findings }) => {
    const bare = target === null;
    const given = {
      target,
      host: bare ? null : "x86_64-linux-gnu",
      sysroots: bare ? [] : ["/s"],
      nativeSysroots: bare ? [] : ["/n"],
      toolchains: [],
      buildDirs: bare ? [] : ["/b"],
    };
    const said = new Set<string>();
    for (const facts of examine(strace, given)) {
      const { rule } = judge.judge(facts);
      if (rule !== null && rule.verdict !== "allowed") said.add(`${rule.severity} ${facts.path}`);
    }
    expect([...said].sort()).toEqual(findings);
  });

  test("the document has its situations", () => expect(SITUATIONS.length).toBeGreaterThan(15));
});
