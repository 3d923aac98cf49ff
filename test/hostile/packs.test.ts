import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compile } from "../../src/rules/index.ts";
import { readRulePacks } from "../../src/rules/load.ts";
import { parsePack } from "../../src/rules/parse-pack.ts";
import { always, hostbleed, scratchFolder } from "../commands/harness.ts";
import { HEADER_FACTS } from "../rules/facts.ts";

const HEAD = "pack: mine\nformat: 1\ntitle: Mine\n";

function rule(id: string, path: string): string {
  const examples = "{match: [{path: /a}], no-match: [{path: /b, because: c}]}";
  return `  - {id: ${id}, title: t, severity: error, when: {path: ${path}}, why: w, fix: f, examples: ${examples}}\n`;
}

const PACK = `${HEAD}rules:\n${rule("one", "/a")}`;

/** Seconds of this process that an act takes. */
function secondsOf(act: () => void): number {
  const before = process.cpuUsage().user;
  act();
  return (process.cpuUsage().user - before) / 1e6;
}

describe("a pack that is made to stop the gate", () => {
  test("by a long list in many rules is refused before it is spread", () => {
    const list = Array.from({ length: 1900 }, (_, at) => `"*${"ab".repeat(20)}${at}*x"`).join(", ");
    const rules = Array.from({ length: 700 }, (_, at) => rule(`r${at}`, '["@big", "/q"]')).join("");
    const text = `${HEAD}lists:\n  big: [${list}]\nrules:\n${rules}`;
    expect(secondsOf(() => expect(parsePack(text, ORIGIN)).toMatchObject([SPREAD]))).toBeLessThan(
      5,
    );
  });

  test("by globs of exponentially many states is refused in bounded time", () => {
    const globs = Array.from({ length: 900 }, (_, at) => `"**/*a${"?".repeat(200)}${at}"`);
    const pack = parsePack(`${HEAD}rules:\n${rule("one", `[${globs.join(", ")}]`)}`, ORIGIN);
    if (!("rules" in pack)) throw new Error(JSON.stringify(pack));
    const judge = compile([pack]);
    const judged = () => {
      for (let at = 0; at < 1000; at++)
        judge.judge({ ...HEADER_FACTS, path: `/usr/include/${at}${"abaaba".repeat(100)}${at}` });
    };
    const refusal = { code: "rule-pack", message: "mine/one: its globs take too long to match" };
    expect(secondsOf(() => expect(judged).toThrow(expect.objectContaining(refusal)))).toBeLessThan(
      15,
    );
  });

  test.each([
    ["aliases", `${HEAD}description: &a x\nrules: [${Array(60).fill("*a").join(", ")}]\n`],
    ["aliases of aliases", laughs()],
    ["merge keys", `${HEAD}a: &a {b: 1}\nrules:\n  - {<<: *a}\n`],
    ["merge keys of merge keys", merges()],
    ["a tag that makes code", `${HEAD}rules: !!js/function "function () { process.exit(9) }"\n`],
    ["a tag that makes an object", `${HEAD}rules: !!python/object/apply:os.system [touch x]\n`],
    ["__proto__", `${PACK}__proto__: {polluted: 1}\n`],
    ["__proto__ by a merge", `${HEAD}a: &a {__proto__: {polluted: 1}}\nb: {<<: *a}\n`],
    ["constructor", `${PACK}constructor: {prototype: {polluted: 1}}\n`],
    ["a mapping of many keys", `${HEAD}lists: {${"a: [b], ".repeat(50_000)}}\n`],
  ])("by %s is refused in bounded time, and changes nothing", (_, text) => {
    expect(
      secondsOf(() => expect(parsePack(text, ORIGIN)).not.toHaveProperty("rules")),
    ).toBeLessThan(5);
    expect({}).not.toHaveProperty("polluted");
  });
});

const ORIGIN = { source: "mine.yaml", builtIn: false };
const SPREAD = { message: expect.stringContaining("with the lists spread") };

/** Nine lists of nine, each of the one before. */
function laughs(): string {
  const lists = Array.from({ length: 9 }, (_, at) =>
    at === 0
      ? "l0: &l0 [x]"
      : `l${at}: &l${at} [${Array(9)
          .fill(`*l${at - 1}`)
          .join(", ")}]`,
  );
  return `${HEAD}${lists.join("\n")}\n`;
}

function merges(): string {
  const maps = Array.from({ length: 40 }, (_, at) =>
    at === 0 ? "m0: &m0 {a: 1}" : `m${at}: &m${at} {<<: [*m${at - 1}], k${at}: 1}`,
  );
  return `${HEAD}${maps.join("\n")}\n`;
}

describe("a folder of packs", () => {
  test("holds what lies in it, by symlinks too", () => {
    const folder = scratchFolder();
    mkdirSync(join(folder, "data"));
    writeFileSync(join(folder, "data/real"), PACK);
    symlinkSync("data/real", join(folder, "mine.yaml"));
    expect(readRulePacks([folder]).map(({ name }) => name)).toEqual(["mine"]);
  });

  test.each(["../outside.yaml", "/etc/passwd"])("is not left by a symlink to %s", (place) => {
    const folder = scratchFolder();
    mkdirSync(join(folder, "packs"));
    writeFileSync(join(folder, "outside.yaml"), PACK);
    symlinkSync(place, join(folder, "packs/mine.yaml"));
    expect(() => readRulePacks([join(folder, "packs")])).toThrow(/leads out of its folder/);
    // What the user names is what the user wants.
    if (place.startsWith("."))
      expect(readRulePacks([join(folder, "packs/mine.yaml")])).toHaveLength(1);
  });

  test("is not waited for when there is a pipe in it", () => {
    const folder = scratchFolder();
    spawnSync("mkfifo", [join(folder, "mine.yaml")]);
    expect(() => readRulePacks([folder])).toThrow(/no regular file/);
  });

  test("a device without end is too large", () => {
    expect(() => readRulePacks(["/dev/zero"])).toThrow(/at most/);
  });
});

describe("a configuration that came with a checkout", () => {
  const outside = [
    "report: {json: ../out.json}",
    "report: {json: /tmp/out.json}",
    "report: {json: link/out.json}",
    "rules: [../packs]",
    "rules: link/mine.yaml",
    "baseline: ../baseline.yaml",
    "baseline: link/baseline.yaml",
  ];

  function checkout(config: string): string {
    const folder = scratchFolder();
    for (const name of ["elsewhere", "checkout", "checkout/deep"]) mkdirSync(join(folder, name));
    for (const name of ["elsewhere/mine.yaml", "packs"]) writeFileSync(join(folder, name), PACK);
    for (const name of ["baseline.yaml", "elsewhere/baseline.yaml"])
      writeFileSync(join(folder, name), "findings: []\n");
    symlinkSync("../elsewhere", join(folder, "checkout/link"));
    writeFileSync(join(folder, "checkout/hostbleed.yaml"), `${config}\n`);
    return join(folder, "checkout/deep");
  }

  test.each(outside)("does not lead elsewhere: %s", async (config) => {
    const ended = await hostbleed(["check", "x"], { cwd: checkout(config) });
    expect([ended.code, ended.stdout]).toEqual([2, ""]);
    expect(ended.stderr).toMatch(/outside of the configuration's folder[\s\S]*--config/);
  });

  test.each(outside)("leads there when it is named: %s", async (config) => {
    const cwd = checkout(config);
    const ended = await hostbleed(["check", "--config", "../hostbleed.yaml", "x"], { cwd });
    expect(ended.stderr).toBe("");
  });

  test.each(["report: {json: deep/out.json}", "sysroot: ../elsewhere", "toolchain: /opt/cross"])(
    "may say %s",
    async (config) => {
      const ended = await hostbleed(["check", "x"], { cwd: checkout(config) });
      expect(ended.stderr).toBe("");
    },
  );

  test.each([
    "rules: !!js/function 'x'",
    "a: &a {x: 1}\n<<: *a",
    "__proto__: {strict: true}",
    "severity: {constructor: {level: off, reason: x}}",
    `report: {${Array.from({ length: 3000 }, (_, at) => `k${at}: x`).join(", ")}}`,
  ])("is refused with %j", async (config) => {
    const ended = await hostbleed(["check", "x"], { cwd: checkout(config) });
    expect(ended.code).toBe(2);
  });

  test("a baseline of a hundred thousand keys is refused in bounded time", async () => {
    const cwd = scratchFolder();
    const keys = Array.from({ length: 100_000 }, (_, at) => `k${at}: 1\n`).join("");
    writeFileSync(join(cwd, "hostbleed-baseline.yaml"), keys);
    const before = process.cpuUsage().user;
    const ended = await hostbleed(["check", "x"], { cwd, inspect: always() });
    expect(ended.code).toBe(2);
    expect((process.cpuUsage().user - before) / 1e6).toBeLessThan(5);
  });
});
