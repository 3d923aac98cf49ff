import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { stringify as toToml } from "smol-toml";
import { describe, expect, test } from "vitest";
import { stringify as toYaml } from "yaml";
import { liveLines } from "../../src/commands/live-lines.ts";
import { FORMATS } from "../../src/fix/formats/index.ts";
import { REPORTER_NAMES } from "../../src/report/index.ts";
import { always, collector, type Ended, hostbleed, scratchFolder } from "../commands/harness.ts";
import { finding } from "../report/report.fixture.ts";
import { anyName, HOSTILE_NAMES } from "./names.ts";
import { hostileReport } from "./report.ts";
import { expectHarmless, READERS } from "./sound.ts";

const RUNS = 25;
const folder = scratchFolder({ forAll: true });

/** Asserts for the known tricks, and for any name at all. */
async function withEveryName(
  check: (name: string) => Promise<void>,
  numRuns = RUNS,
): Promise<void> {
  for (const name of HOSTILE_NAMES) await check(name);
  await fc.assert(fc.asyncProperty(anyName, check), { numRuns });
}

/** A JSON report in a file, as another run of hostbleed would have left it. */
async function reportFile(name: string, file = "report.json"): Promise<string> {
  const args = ["check", "--format", "json", "--show", "allowed", "x"];
  const { stdout } = await hostbleed(args, { cwd: folder, inspect: always(hostileReport(name)) });
  writeFileSync(join(folder, file), stdout);
  return file;
}

function expectHarmlessEnd({ stdout, stderr }: Ended): void {
  expectHarmless(stdout);
  expectHarmless(stderr);
}

describe.each(REPORTER_NAMES)("the %s report", (format) => {
  test("has a reader to be checked with", () => expect(READERS).toHaveProperty(format));

  test.each([[], ["--verbose", "--show", "allowed"], ["--show", "suppressed"]])(
    "stays one harmless, well-formed document whatever a name holds, with %j %j %j",
    { timeout: 60_000 },
    async (...options) => {
      const args = ["check", ...options.filter((each) => each !== undefined), "--format", format];
      await withEveryName(async (name) => {
        const inspect = always(hostileReport(name));
        const { stdout, stderr } = await hostbleed([...args, "x"], { cwd: folder, inspect });
        expect(stderr).toMatch(/^hostbleed: The input is damaged: .*\n {2}hint: .*\n$/);
        expectHarmless(stderr);
        expectHarmless(stdout, format === "github" ? "our own" : "none");
        READERS[format]?.(stdout);
      });
    },
  );
});

test("colours are the only escapes of a coloured report", async () => {
  await withEveryName(async (name) => {
    const args = ["check", "--color", "always", "--verbose", "x"];
    const { stdout } = await hostbleed(args, {
      cwd: folder,
      inspect: always(hostileReport(name)),
    });
    expectHarmless(stdout.replace(/\x1b\[\d\d?m/g, ""));
  });
});

test.each(Object.keys(FORMATS))(
  "fix --format %s is harmless",
  { timeout: 60_000 },
  async (format) => {
    await withEveryName(async (name) => {
      const ended = await hostbleed(["fix", "--format", format, await reportFile(name)], {
        cwd: folder,
      });
      expect(ended.code).toBe(0);
      expectHarmlessEnd(ended);
      if (format === "cargo") READERS.toml?.(ended.stdout);
    });
  },
);

test("merge and diff are harmless", { timeout: 60_000 }, async () => {
  await withEveryName(async (name) => {
    const a = await reportFile(name, "a.json");
    const b = await reportFile(`${name}2`, "b.json");
    for (const args of [
      ["merge", "--format", "text", a, b],
      ["diff", a, b],
    ])
      expectHarmlessEnd(await hostbleed(args, { cwd: folder }));
    for (const args of [
      ["merge", a, b],
      ["diff", "--format", "json", a, b],
    ]) {
      const ended = await hostbleed(args, { cwd: folder });
      expectHarmlessEnd(ended);
      READERS.json?.(ended.stdout);
    }
  });
});

test("a report's own keys are no way into the program", async () => {
  const text = readFileSync(join(folder, await reportFile("x")), "utf8");
  const trap = '"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}},';
  writeFileSync(join(folder, "trap.json"), text.replaceAll("{", `{${trap}`).replaceAll(",}", "}"));
  const { code, stdout } = await hostbleed(["merge", "trap.json", "trap.json"], { cwd: folder });
  expect(code).toBe(0);
  expect(stdout).not.toContain("polluted");
  expect({}).not.toHaveProperty("polluted");
});

test("events are harmless lines of JSON that keep each byte", async () => {
  await withEveryName(async (name) => {
    const path = `/${name.replaceAll("\0", "")}`;
    const bytes = [...Buffer.from(path)].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`);
    const file = join(folder, "t.strace");
    writeFileSync(file, `7 openat(AT_FDCWD, "${bytes.join("")}", O_RDONLY) = 3\n`);
    const ended = await hostbleed(["events", file]);
    expectHarmlessEnd(ended);
    expect(JSON.parse(ended.stdout)).toMatchObject({ path: path.toWellFormed() });
  });
});

test("explain is harmless", async () => {
  await withEveryName(async (name) => {
    const rules = ["--no-default-rules", "--rules", "headers"];
    const path = `/usr/include/${name}`;
    expectHarmlessEnd(await hostbleed(["explain", ...rules, path, "--program", name]));
    expectHarmlessEnd(await hostbleed(["explain", ...rules, name]));
  });
});

test("a stranger's pack is shown harmlessly", async () => {
  await withEveryName(async (name) => {
    const said = `x ${name}\n${name}`;
    const pack = {
      pack: "mine",
      format: 1,
      title: said,
      description: said,
      rules: [
        {
          id: "one",
          title: said,
          severity: "error",
          when: { path: `/x/${name.replace(/[[\]{}\\*?]/g, "")}`, program: "cc1" },
          why: said,
          fix: `do ${said}`,
          examples: {
            match: [{ program: "cc1", path: "/x/" }],
            "no-match": [{ program: "cc1", path: "/y/", because: said }],
          },
        },
      ],
    };
    writeFileSync(join(folder, "mine.yaml"), toYaml(pack));
    const rules = ["--no-default-rules", "--rules", join(folder, "mine.yaml")];
    expectHarmlessEnd(await hostbleed(["rules", "show", ...rules, "mine"]));
    expectHarmlessEnd(await hostbleed(["rules", "list", ...rules]));
    expectHarmlessEnd(
      await hostbleed(["rules", "test", "--no-default-rules", join(folder, "mine.yaml")]),
    );
    expectHarmlessEnd(await hostbleed(["explain", ...rules, "mine/one"]));
  });
});

test("crates writes no line that BitBake would run, or that a terminal obeys", async () => {
  await withEveryName(async (name) => {
    const checksum = "0".repeat(64);
    const entry = { name, version: name, checksum };
    const lock = {
      package: [
        { ...entry, source: "registry+https://github.com/rust-lang/crates.io-index" },
        { ...entry, source: `git+${name}` },
      ],
    };
    writeFileSync(join(folder, "Cargo.lock"), toToml(lock));
    const ended = await hostbleed(["crates", "Cargo.lock"], { cwd: folder });
    expectHarmlessEnd(ended);
    for (const line of ended.stdout.split("\n"))
      expect(line).toMatch(/^(?:#.*[^\\]|SRC_URI.*|" *|\s+crate:\/\/[\w./+-]+ \\|)$/);
  });
});

test("init writes YAML that holds what the environment held", async () => {
  await withEveryName(async (name) => {
    const env = { SDKTARGETSYSROOT: `/${name}`, OECORE_TARGET_SYSROOT: `/${name}`, CC: name };
    const ended = await hostbleed(["init", "--print"], { cwd: folder, env });
    expectHarmlessEnd(ended);
    READERS.yaml?.(ended.stdout);
  });
});

test.each([
  (name: string) => ["check", name],
  (name: string) => ["check", "--config", name, "x"],
  (name: string) => ["check", "--baseline", name, "x"],
  (name: string) => ["check", "--format", name, "x"],
  (name: string) => ["check", "--report", name, "x"],
  (name: string) => ["check", "--report", `json=no/such/folder/${name}`, "x"],
  (name: string) => ["check", "--rules", name, "x"],
  (name: string) => ["check", `--${name}`, "x"],
  (name: string) => ["merge", name],
  (name: string) => ["merge", "--format", name, "x"],
  (name: string) => ["fix", "--format", name, "x"],
  (name: string) => ["diff", name, name],
  (name: string) => ["events", name],
  (name: string) => ["crates", name],
  (name: string) => ["schema", name],
  (name: string) => ["rules", "show", name],
  (name: string) => ["rules", name],
  (name: string) => ["run", "--attach", name],
  (name: string) => [name],
])(
  "errors are harmless: %s",
  async (args) => {
    await withEveryName(async (name) => {
      const { inspect } = await import("../../src/inspect.ts");
      expectHarmlessEnd(await hostbleed(args(name), { cwd: folder, inspect }));
    });
  },
  // The first of them compiles the whole pipeline, which took half a minute on a machine with much else to do.
  180_000,
);

test("warnings are harmless", async () => {
  await withEveryName(async (name) => {
    const env = { [`HOSTBLEED_${name}`]: name };
    expectHarmlessEnd(await hostbleed(["check", "x"], { cwd: folder, env }));
  });
});

test("findings that are told as they come are harmless lines", async () => {
  await withEveryName(async (name) => {
    const told: string[] = [];
    const folders = { sysroots: [], nativeSysroots: [], toolchains: [], buildDirs: [] };
    const say = liveLines(collector(told), { redact: false, ...folders });
    const process = { pid: 1, program: `/${name}`, argv: [name], chain: [name] };
    say(finding(name, { path: name, rule: name, process }));
    expect(told).toHaveLength(1);
    expectHarmless(told.join(""));
    expect(told.join("").trimEnd().split("\n")).toHaveLength(1);
  });
});
