import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import type { RuleId } from "../../src/model/rule.ts";
import { compile } from "../../src/rules/compile.ts";
import { exampleFacts } from "../../src/rules/example-facts.ts";
import { BUILT_IN_FOLDER, readBuiltInPacks, readPack } from "../../src/rules/load.ts";

const packs = readBuiltInPacks();
const rules = packs.flatMap((pack) => pack.rules);
const examples = packs.flatMap((pack) => pack.examples);

describe.each(packs.map((pack) => ({ name: pack.name, pack })))("the pack $name", ({ pack }) => {
  test("is named like its file", () => expect(`${pack.name}.yaml`).toBe(basename(pack.source)));
  test("names the schema for editors", () => {
    expect(readFileSync(pack.source, "utf8")).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/dist\/rule-pack\.schema\.json\n/,
    );
  });
  test.each(pack.rules.map((rule) => ({ id: rule.id, rule })))("$id is whole", ({ rule }) => {
    const own = examples.filter((example) => example.rule === rule.id);
    expect(own.some(({ expect }) => expect === "match")).toBe(true);
    expect(own.some(({ expect }) => expect === "no-match")).toBe(true);
    for (const { expect: kind, because } of own) {
      expect(because === null).toBe(kind === "match");
    }
    expect(rule.title).not.toMatch(/\.$/);
    expect(rule.fix).not.toBe(rule.title);
    expect(rule.fix === "").toBe(rule.verdict === "allowed");
    for (const address of rule.see) expect(address).toMatch(/^https:\/\//);
  });
});

test("an error is always about the target, and about a step that makes something for it", () => {
  for (const rule of rules.filter(
    ({ severity, verdict }) => severity === "error" && verdict === "leak",
  )) {
    expect(rule.when.side, rule.id).toEqual(["target"]);
    expect(rule.when.outcome ?? [], rule.id).not.toContain("missing");
    if (!rule.when.throughSymlink || rule.when.use) expect(rule.when.use, rule.id).toBeDefined();
    expect(rule.when.zone ?? [], rule.id).not.toContain("toolchain");
  }
});

test("a rule for a side that nobody knows is a note", () => {
  for (const rule of rules.filter(({ when }) => when.side?.includes("unknown"))) {
    expect(rule.severity, rule.id).toBe("note");
  }
});

test("no two rules have one id", () => {
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
});

test("every id that was ever given still means the same, or is retired", () => {
  const ledger = readFileSync(new URL("rule-ids.txt", import.meta.url), "utf8")
    .trim()
    .split("\n");
  const present = [...rules.map(({ id }) => id), ...packs.flatMap(({ retired }) => retired)];
  expect(present.sort(), "add new ids to rule-ids.txt; retire old ones in their pack").toEqual(
    ledger.sort(),
  );
});

test("the template is a pack that passes", () => {
  const template = readPack(`${BUILT_IN_FOLDER}/_template.yaml`, false);
  expect(template.rules).toHaveLength(1);
});

describe("without any one rule", () => {
  const situations = packs.flatMap((pack) =>
    pack.examples.flatMap(({ expect: kind, rule, given }) =>
      kind === "match" && !("strace" in given)
        ? [{ rule, facts: exampleFacts(given, pack.world) }]
        : [],
    ),
  );
  test.each(rules.map(({ id }) => id))("%s, an example fails", (id: RuleId) => {
    const mutated = compile(
      packs.map((pack) => ({ ...pack, rules: pack.rules.filter((rule) => rule.id !== id) })),
    );
    expect(situations.some(({ rule, facts }) => mutated.judge(facts).rule?.id !== rule)).toBe(true);
  });
});
