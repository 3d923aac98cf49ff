import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { configJsonSchema } from "../../src/commands/config/schema.ts";
import { SETTING_NAMES } from "../../src/commands/config/settings.ts";
import { type SettingSources, settle } from "../../src/commands/config/settle.ts";
import { hostbleed, scratchFolder } from "../commands/harness.ts";

function settings(cwd: string, given: Partial<SettingSources> = {}): ReturnType<typeof settle> {
  return settle({ flags: {}, config: undefined, env: {}, cwd, ...given });
}

describe("a setting comes from", () => {
  const file = "fail-on: note\nformat: markdown\nsysroot: /from/file\nstrict: true\n";

  test("the command line before the environment before the file before the default", async () => {
    const cwd = scratchFolder();
    writeFileSync(join(cwd, "hostbleed.yaml"), file);
    const env = { HOSTBLEED_FORMAT: "json", HOSTBLEED_STRICT: "no", HOSTBLEED_FAIL_ON: "" };
    expect(await settings(cwd, { env, flags: { format: "sarif" } })).toMatchObject({
      format: "sarif",
      strict: false,
      failOn: "note",
      sysroots: ["/from/file"],
      color: "auto",
    });
  });

  test("the nearest file upwards", async () => {
    const cwd = scratchFolder();
    mkdirSync(join(cwd, "a/b"), { recursive: true });
    writeFileSync(join(cwd, "hostbleed.yml"), "fail-on: note\n");
    expect((await settings(join(cwd, "a/b"))).failOn).toBe("note");
    writeFileSync(join(cwd, "a/hostbleed.yaml"), "fail-on: warning\n");
    expect((await settings(join(cwd, "a/b"))).failOn).toBe("warning");
  });

  test("the file that --config or HOSTBLEED_CONFIG names", async () => {
    const cwd = scratchFolder();
    writeFileSync(join(cwd, "a.yaml"), "fail-on: note\n");
    writeFileSync(join(cwd, "b.yaml"), "fail-on: warning\n");
    const env = { HOSTBLEED_CONFIG: "a.yaml" };
    expect((await settings(cwd, { env })).failOn).toBe("note");
    expect((await settings(cwd, { env, config: "b.yaml" })).failOn).toBe("warning");
  });
});

test("paths in the file are seen from its folder, names of packs stay", async () => {
  const cwd = scratchFolder();
  mkdirSync(join(cwd, "deep"));
  const text =
    "sysroot: [s, /abs]\nbaseline: b.yaml\nrules: [qt, ./mine.yaml]\nreport: {sarif: out/x.sarif}\n";
  writeFileSync(join(cwd, "hostbleed.yaml"), text);
  expect(await settings(join(cwd, "deep"))).toMatchObject({
    sysroots: [join(cwd, "s"), "/abs"],
    baseline: join(cwd, "b.yaml"),
    rulePacks: ["qt", join(cwd, "mine.yaml")],
    reports: [{ name: "sarif", file: join(cwd, "out/x.sarif") }],
  });
});

test("lists in variables are separated as in PATH", async () => {
  const env = { HOSTBLEED_SYSROOT: "/a:/b", HOSTBLEED_REPORT: "json=a.json:junit=b.xml" };
  expect(await settings("/work-folder", { env })).toMatchObject({
    sysroots: ["/a", "/b"],
    reports: [{ name: "json" }, { name: "junit" }],
  });
});

describe("a variable", () => {
  test.each([
    [{ HOSTBLEED_FAIL_ON: "all" }, "HOSTBLEED_FAIL_ON: expected one of error"],
    [{ HOSTBLEED_STRICT: "maybe" }, "HOSTBLEED_STRICT: expected one of 1, 0"],
    [{ HOSTBLEED_REPORT: "sarf=x" }, "HOSTBLEED_REPORT sarf=x: unknown format sarf"],
  ])("with a wrong value ends with 2: %j", async (env, expected) => {
    const { code, stderr } = await hostbleed(["check", "x"], { env });
    expect(stderr).toContain(expected);
    expect(code).toBe(2);
  });

  test("that is no setting is named, once, and --quiet leaves it out", async () => {
    const env = { HOSTBLEED_SYSROOTS: "/x" };
    const { stderr } = await hostbleed(["check", "x"], { env });
    expect(stderr).toBe(
      "hostbleed: warning: HOSTBLEED_SYSROOTS is no setting; did you mean HOSTBLEED_SYSROOT?\n",
    );
    expect((await hostbleed(["check", "-q", "x"], { env })).stderr).toBe("");
    const far = await hostbleed(["check", "x"], { env: { HOSTBLEED_NONSENSE: "1" } });
    expect(far.stderr).toBe("hostbleed: warning: HOSTBLEED_NONSENSE is no setting\n");
  });
});

describe("a wrong file ends with 2, and each problem has its place", () => {
  test.each([
    [
      "fail-on: fatal\n",
      "hostbleed.yaml:1:10: fail-on: expected one of error, warning, note, never",
    ],
    ["target: a\nsysrot: /x\n", "hostbleed.yaml:2:1: sysrot: no such key; did you mean sysroot?"],
    [
      "severity:\n  pack/rule: {level: off}\n",
      "hostbleed.yaml:2:14: severity.pack/rule.reason: missing, expected text",
    ],
    ["severity:\n  rule: {level: off, reason: x}\n", "hostbleed.yaml:2:9: severity.rule: "],
    ["report:\n  sarf: x\n", "hostbleed.yaml:2:3: report.sarf: no such key; did you mean sarif?"],
    ["strict: 1\n", "hostbleed.yaml:1:9: strict: expected true or false"],
    ["a: [\n", "expected YAML"],
    ["- x\n", "hostbleed.yaml:1:1: expected a mapping"],
  ])("%j", async (text, expected) => {
    const cwd = scratchFolder();
    writeFileSync(join(cwd, "hostbleed.yaml"), text);
    const { code, stdout, stderr } = await hostbleed(["check", "x"], { cwd });
    expect(stderr).toContain(expected);
    expect([code, stdout]).toEqual([2, ""]);
  });

  test("a folder is called one", async () => {
    const cwd = scratchFolder();
    const { code, stderr } = await hostbleed(["check", "--config", ".", "x"], { cwd });
    expect([code, stderr.split("\n")[0]]).toEqual([
      2,
      `hostbleed: The configuration is wrong: ${cwd}: it is a folder`,
    ]);
  });

  test("a pipe that was only found is not waited for", async () => {
    const cwd = scratchFolder();
    spawnSync("mkfifo", [join(cwd, "hostbleed.yaml")]);
    const { code, stderr } = await hostbleed(["check", "x"], { cwd });
    expect([code, stderr.split("\n")[0]]).toEqual([
      2,
      `hostbleed: The configuration is wrong: ${cwd}/hostbleed.yaml: no regular file`,
    ]);
  });

  test("an empty one is fine", async () => {
    const cwd = scratchFolder();
    writeFileSync(join(cwd, "hostbleed.yaml"), "\n# later\n");
    expect((await hostbleed(["check", "--fail-on", "never", "x"], { cwd })).code).toBe(0);
  });
});

describe("a project's own severity for a rule", () => {
  const run = async (severity: string) => {
    const cwd = scratchFolder();
    writeFileSync(join(cwd, "hostbleed.yaml"), severity);
    return hostbleed(["check", "--format", "json", "x"], { cwd });
  };

  test("replaces the pack's", async () => {
    const lines = [
      "c-toolchain/host-header",
      "c-toolchain/host-library",
      "pkgconfig/host-pc-file",
      "programs/host-program",
    ].map((rule) => `  ${rule}: {level: note, reason: known}`);
    const { code, stdout } = await run(`severity:\n${lines.join("\n")}\n`);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ summary: { error: 0, warning: 1 } });
  });

  test("off takes its findings out, and counts them as suppressed", async () => {
    const { stdout } = await run(
      "severity:\n  pkgconfig/host-pc-file: {level: off, reason: known}\n",
    );
    expect(JSON.parse(stdout)).toMatchObject({ summary: { error: 4, suppressed: 6 } });
    expect(stdout).not.toContain("openssl.pc");
  });
});

test("a severity for a rule that no pack has is named, with the rule that was meant", async () => {
  const cwd = scratchFolder();
  writeFileSync(
    join(cwd, "hostbleed.yaml"),
    "severity:\n  pkgconfig/host-pcfile: { level: note, reason: x }\n  pkgconfig/host-pc-file: { level: note, reason: x }\n",
  );
  const { stderr } = await hostbleed(["check", "x"], { cwd });
  expect(stderr).toBe(
    "hostbleed: warning: severity: there is no rule pkgconfig/host-pcfile; did you mean pkgconfig/host-pc-file?\n",
  );
});

test("the JSON schema for editors accepts what the program accepts, and refuses the rest", () => {
  const validate = new Ajv2020({ strict: false }).compile(configJsonSchema());
  const text =
    "fail-on: note\nsysroot: /x\nreport: {sarif: x}\nseverity:\n  a/b: {level: off, reason: r}\n";
  expect(validate(parse(text))).toBe(true);
  expect(validate({ "fail-on": "fatal" })).toBe(false);
  expect(validate({ severity: { "a/b": { level: "off" } } })).toBe(false);
  const { properties } = configJsonSchema() as {
    properties: Record<string, { description?: string }>;
  };
  expect(Object.keys(properties).sort()).toEqual([...SETTING_NAMES, "severity"].sort());
  for (const property of Object.values(properties)) expect(property.description).toBeTruthy();
});

test("every setting is a flag of check", async () => {
  const { stdout } = await hostbleed(["check", "--help"]);
  for (const name of SETTING_NAMES)
    expect(stdout).toMatch(new RegExp(`^ +(?:-\\w, )?--(?:no-)?${name}(?= )`, "m"));
});
