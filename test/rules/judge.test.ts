import { expect, test } from "vitest";
import type { Facts } from "../../src/model/facts.ts";
import { compile } from "../../src/rules/compile.ts";
import { exampleFacts } from "../../src/rules/example-facts.ts";
import type { RulePack } from "../../src/rules/pack.ts";
import { parsePack } from "../../src/rules/parse-pack.ts";
import { DEFAULT_WORLD } from "../../src/rules/world.ts";

function pack(
  name: string,
  rules: string,
  options: { tier?: string; builtIn?: boolean } = {},
): RulePack {
  const yaml = `pack: ${name}\nformat: 1\ntitle: t\ntier: ${options.tier ?? "content"}\nrules:\n${rules}`;
  const parsed = parsePack(yaml, { source: `${name}.yaml`, builtIn: options.builtIn ?? false });
  if (!("rules" in parsed)) throw new Error(parsed.map(({ message }) => message).join());
  return parsed;
}

function rule(id: string, when: string): string {
  return `  - { id: ${id}, title: t, severity: note, when: ${when}, why: w, fix: f }\n`;
}

function facts(given: Partial<Facts>): Facts {
  return exampleFacts({ path: "/usr/include/zlib.h", program: "cc1", ...given }, DEFAULT_WORLD);
}

function speaker(packs: readonly RulePack[], given: Partial<Facts> = {}): string | null {
  return compile(packs).judge(facts(given)).rule?.id ?? null;
}

test("the first rule of a pack that matches speaks, and explain lists the others", () => {
  const packs = [
    pack(
      "a",
      rule("x", "{ use: link }") + rule("y", "{ use: compile }") + rule("z", "{ zone: host }"),
    ),
  ];
  expect(speaker(packs)).toBe("a/y");
  expect(
    compile(packs)
      .explain(facts({}))
      .map(({ id }) => id),
  ).toEqual(["a/y", "a/z"]);
});

test("where no rule matches nobody speaks", () => {
  expect(speaker([pack("a", rule("x", "{ use: link }"))])).toBe(null);
});

test("a user's packs stand before the built-in ones, in the order they were given", () => {
  const any = rule("x", "{ zone: host }");
  const builtIn = pack("a", any, { builtIn: true, tier: "exception" });
  expect(speaker([builtIn, pack("c", any), pack("b", any)])).toBe("c/x");
});

test("built-in packs stand by tier, then by name", () => {
  const any = rule("x", "{ zone: host }");
  const builtIn = (name: string, tier: string) => pack(name, any, { builtIn: true, tier });
  const packs = [
    builtIn("a", "base"),
    builtIn("d", "content"),
    builtIn("b", "tool"),
    builtIn("c", "content"),
  ];
  expect(compile(packs).rules.map(({ id }) => id)).toEqual(["c/x", "d/x", "b/x", "a/x"]);
});

test("a user's pack takes the place of the built-in pack of its name", () => {
  const packs = [
    pack("a", rule("old", "{ zone: host }"), { builtIn: true }),
    pack("a", rule("new", "{ use: link }")),
  ];
  expect(speaker(packs)).toBe(null);
});

test("a condition that names a fact the facts lack does not hold", () => {
  expect(speaker([pack("a", rule("x", "{ maker: host }"))])).toBe(null);
  expect(speaker([pack("a", rule("x", "{ maker: host }"))], { maker: "host" })).toBe("a/x");
});

test.each<[condition: string, facts: Partial<Facts>]>([
  ["{ zone: [home, host] }", {}],
  ["{ rejected: true }", { rejected: true }],
  ["{ through-symlink: true }", { throughSymlink: true }],
  ["{ arch-neutral: true }", { archNeutral: true }],
  ["{ target-triple: true }", { targetTriple: true }],
  ["{ same-machine: true }", { sameMachine: true }],
  ["{ ancestor: build-script-* }", { ancestors: ["gcc", "build-script-main", "cargo"] }],
  ['{ program: ["clang*", cc1] }', {}],
  ["{ path: [/opt/**, /usr/include/*.h] }", {}],
  ["{ role: compiler, outcome: opened, artifact: header, use: compile, side: target }", {}],
])("%s holds for facts that have it", (condition, given) => {
  expect(speaker([pack("a", rule("x", condition))], given)).toBe("a/x");
});

test.each<[condition: string, facts: Partial<Facts>]>([
  ["{ zone: home }", {}],
  ["{ rejected: false }", { rejected: true }],
  ["{ same-machine: true }", {}],
  ["{ ancestor: build-script-* }", { ancestors: ["gcc"] }],
  ["{ program: cc1 }", { program: "cc1plus" }],
  ["{ path: /usr/include }", {}],
  ["{ zone: host, side: host }", {}],
])("%s does not hold for facts that lack it", (condition, given) => {
  expect(speaker([pack("a", rule("x", condition))], given)).toBe(null);
});

test("a path that is no UTF-8 is matched byte by byte", () => {
  const packs = [pack("a", rule("x", '{ path: "/usr/include/?.h" }'))];
  expect(speaker(packs, { path: "/usr/include/\xff.h" })).toBe(null);
  expect(compile(packs).judge({ ...facts({}), path: "/usr/include/\xff.h" }).rule?.id).toBe("a/x");
});
