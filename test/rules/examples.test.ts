import { expect, test } from "vitest";
import type { Facts } from "../../src/model/facts.ts";
import { exampleFacts } from "../../src/rules/example-facts.ts";
import { testRulePack } from "../../src/rules/examples.ts";
import type { RulePack } from "../../src/rules/pack.ts";
import { parsePack } from "../../src/rules/parse-pack.ts";
import { DEFAULT_WORLD } from "../../src/rules/world.ts";

function parse(yaml: string): RulePack {
  const pack = parsePack(`format: 1\ntitle: t\n${yaml}`, { source: "x.yaml", builtIn: false });
  if (!("rules" in pack)) throw new Error(JSON.stringify(pack));
  return pack;
}

const header = parse(`pack: x
rules:
  - id: header
    title: t
    severity: error
    when: { zone: host, use: compile, side: target }
    why: w
    fix: f
    examples:
      match:
        - { program: cc1, path: /usr/include/a.h }
        - { program: cc1, path: /sysroot/a.h }
      no-match:
        - { program: cc1, path: /usr/include/a.h, side: host, because: it is for the host }
        - { program: cc1, path: /usr/include/b.h, because: the author thought so }
`);

test("examples are reported or quiet, or else missing or noisy, with their place in the file", async () => {
  const results = await testRulePack(header);
  expect(results.map(({ text }) => text)).toEqual([
    "x.yaml:13:11: x/header: reported (cc1 /usr/include/a.h)",
    "x.yaml:14:11: x/header: missing (cc1 /sysroot/a.h)",
    "x.yaml:16:11: x/header: quiet (cc1 host /usr/include/a.h)",
    "x.yaml:17:11: x/header: noisy (cc1 /usr/include/b.h)",
  ]);
  expect(results.map(({ ok }) => ok)).toEqual([true, false, true, false]);
});

test("an example that another rule speaks for is shadowed by it", async () => {
  const other = parse(`pack: first
rules: [{ id: any, title: t, severity: note, when: { zone: host }, why: w, fix: f }]`);
  const results = await testRulePack({ ...header, builtIn: true }, { among: [other] });
  expect(results[0]).toMatchObject({ status: "shadowed", by: "first/any", ok: false });
});

const raw = parse(`pack: raw
rules:
  - id: header
    title: t
    severity: error
    when: { zone: host, use: compile, side: target }
    why: w
    fix: f
    examples:
      match:
        - strace: |
            41 openat(AT_FDCWD, "/usr/include/a.h", O_RDONLY) = 3
            41 exit_group(0) = ?
      no-match:
        - { strace: "41 exit_group(0) = ?", because: nothing was opened }
`);

test("raw lines go through the pipeline that is given, in the pack's world", async () => {
  const seen: string[] = [];
  const trace = async (strace: string, world: typeof DEFAULT_WORLD): Promise<Facts[]> => {
    seen.push(strace);
    expect(world).toEqual(DEFAULT_WORLD);
    const path = /"(.*)"/.exec(strace)?.[1];
    return path ? [exampleFacts({ path, program: "cc1" }, world)] : [];
  };
  const results = await testRulePack(raw, { trace });
  expect(results.map(({ status }) => status)).toEqual(["reported", "quiet"]);
  expect(seen[0]).toContain("exit_group");
});

test("raw lines of a named program begin with its exec", async () => {
  const [example] = raw.examples;
  if (!example) throw new Error("no example");
  const seen: string[] = [];
  const trace = async (strace: string) => {
    seen.push(strace);
    return [];
  };
  for (const strace of ["41 openat(1) = 3", "openat(2) = 3"]) {
    await testRulePack(
      { ...raw, examples: [{ ...example, given: { strace, program: "cc1" } }] },
      { trace },
    );
  }
  expect(seen).toEqual([
    '41 execve("/usr/bin/cc1", ["cc1"], 0x7ffd /* 1 var */) = 0\n41 openat(1) = 3',
    'execve("/usr/bin/cc1", ["cc1"], 0x7ffd /* 1 var */) = 0\nopenat(2) = 3',
  ]);
});

test("raw lines without a pipeline are untraced, which is no failure and no success unseen", async () => {
  const results = await testRulePack(raw);
  expect(results.map(({ status, ok }) => [status, ok])).toEqual([
    ["untraced", true],
    ["untraced", true],
  ]);
});

test.each<[given: Parameters<typeof exampleFacts>[0], facts: Partial<Facts>]>([
  [
    { program: "cc1", path: "/usr/include/zlib.h" },
    {
      zone: "host",
      use: "compile",
      side: "target",
      artifact: "header",
      outcome: "opened",
      role: "compiler",
    },
  ],
  [
    { path: "/usr/bin/xml2-config", outcome: "executed" },
    { program: "xml2-config", role: "config-script", use: "execute", artifact: "config" },
  ],
  [
    { program: "aarch64-linux-gnu-ld", path: "/x/libz.so.1" },
    { role: "linker", use: "link", artifact: "library" },
  ],
  [
    { program: "rustc", path: "/usr/lib/libz.a" },
    { role: "rustc", use: "link" },
  ],
  [
    { program: "rustc", path: "/usr/src/lib.rs" },
    { use: "compile", artifact: "other" },
  ],
  [{ program: "cmake", path: "/usr/lib/libz.so", outcome: "found" }, { use: "configure" }],
  [
    { program: "ninja", path: "/usr/lib/libz.so", outcome: "found" },
    { use: "probe", role: "other" },
  ],
  [
    { path: "/usr/share/x" },
    { program: "unknown", role: "unknown", use: "read", archNeutral: true },
  ],
  [{ path: "/usr/lib/aarch64-linux-gnu/libz.so" }, { targetTriple: true, sameMachine: false }],
  [{ path: "/sysroot/usr/lib/x" }, { zone: "sysroot" }],
  [{ path: "/native/usr/lib/x" }, { zone: "native-sysroot" }],
  [{ path: "/toolchain/x" }, { zone: "toolchain" }],
  [{ path: "/home/me/x" }, { zone: "home" }],
  [{ path: "/tmp/x" }, { zone: "temporary" }],
  [{ path: "/proc/self/maps" }, { zone: "kernel" }],
  [{ path: "/é" }, { path: "/\u00c3\u00a9" }],
])("the facts of %j follow from its names", (given, facts) => {
  expect(exampleFacts(given, DEFAULT_WORLD)).toMatchObject(facts);
});

test("a world of one machine has facts that say so", () => {
  const world = { ...DEFAULT_WORLD, target: "x86_64-poky-linux" };
  expect(exampleFacts({ path: "/a" }, world).sameMachine).toBe(true);
});
