import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { hostbleed, scratchFolder } from "./harness.ts";

const PACK = `pack: mine
format: 1
title: Our own rules
world: { sysroot: /sysroot }
rules:
  - id: no-foo
    title: foo was read
    severity: warning
    when: { zone: host, path: "/usr/include/foo.h" }
    why: It is theirs.
    fix: Do not.
    causes: [CPATH]
    see: [https://example.org/foo]
    examples:
      match:
        - { program: cc1, path: /usr/include/foo.h }
        - strace: |
            1 execve("/usr/lib/gcc-cross/aarch64-linux-gnu/12/cc1", ["cc1"], 0x1 /* 1 var */) = 0
            1 openat(AT_FDCWD, "/usr/include/foo.h", O_RDONLY|O_NOCTTY) = 3
      no-match:
        - { program: cc1, path: /sysroot/usr/include/foo.h, because: it is ours }
`;

function withPack(text = PACK): { readonly cwd: string; readonly pack: string } {
  const cwd = scratchFolder();
  const pack = join(cwd, "mine.yaml");
  writeFileSync(pack, text);
  return { cwd, pack };
}

describe("explain RULE", () => {
  test("says what, why, what to do, when, and for what not", async () => {
    const { cwd, pack } = withPack();
    const { code, stdout } = await hostbleed(["explain", "mine/no-foo", "--rules", pack], { cwd });
    expect(code).toBe(0);
    expect(stdout.replaceAll(cwd, "")).toMatchSnapshot();
  });

  test("knows a rule by its short name where only one pack has it", async () => {
    const { cwd, pack } = withPack();
    const { stdout } = await hostbleed(["explain", "no-foo", "--rules", pack], { cwd });
    expect(stdout).toContain("mine/no-foo  warning");
  });

  test("shows every rule of a pack", async () => {
    const { stdout } = await hostbleed(["explain", "pkgconfig"]);
    expect(stdout.match(/^pkgconfig\//gm)?.length).toBeGreaterThan(1);
  });

  test.each([
    ["pkgcnfig/host-pc-file", "did you mean pkgconfig/host-pc-file?"],
    ["pkgconfg", "did you mean pkgconfig?"],
    ["host-header", "is a rule of several packs"],
  ])("suggests what was meant by %s", async (name, expected) => {
    const { code, stderr, stdout } = await hostbleed(["explain", name]);
    expect(stderr).toContain(expected);
    expect([code, stdout]).toEqual([2, ""]);
  });
});

describe("explain PATH", () => {
  test("judges it rule by rule: who speaks, and who would have spoken after", async () => {
    const { cwd, pack } = withPack();
    const argv = [
      "explain",
      "/usr/include/foo.h",
      "--rules",
      pack,
      "--target",
      "aarch64-linux-gnu",
    ];
    const { stdout } = await hostbleed(argv, { cwd });
    expect(stdout).toMatchSnapshot();
  });

  test.each([
    [
      ["/opt/s/usr/include/zlib.h", "--sysroot", "/opt/s"],
      "no leak: it lies in the sysroot, which is the",
    ],
    [["/usr/lib/x86_64-linux-gnu/libz.so", "--side", "host"], "allowed"],
    [["/lib/x86_64-linux-gnu/libz.so"], "/usr/lib/x86_64-linux-gnu/libz.so"],
    [
      ["/usr/lib/x86_64-linux-gnu/pkgconfig/zlib.pc"],
      "pkg-config (pkg-config), working for the target",
    ],
    [["./x.h", "--sysroot", "."], "Zone       sysroot"],
    [["/tmp/\x1b[31m.h"], "/tmp/\\x1b[31m.h"],
  ])("%j", async (argv, expected) => {
    const { code, stdout } = await hostbleed(["explain", ...argv]);
    expect(stdout).toContain(expected);
    expect(code).toBe(0);
  });

  test.each([
    [["--side", "both"], "--side both: expected one of target, host, unknown"],
    [["--use", "linc"], "did you mean link?"],
  ])("refuses %j", async (argv, expected) => {
    const { code, stderr } = await hostbleed(["explain", "/x", ...argv]);
    expect(stderr).toContain(expected);
    expect(code).toBe(2);
  });
});

describe("rules", () => {
  test("list names every rule with its severity", async () => {
    const { stdout } = await hostbleed(["rules", "list"]);
    expect(stdout).toMatch(/^ {2}pkgconfig\/host-pc-file +error /m);
    expect(stdout).toMatch(/\n\d+ rules in \d+ packs\n$/);
  });

  test("list puts the user's packs first, since they speak first", async () => {
    const { cwd, pack } = withPack();
    const { stdout } = await hostbleed(["rules", "list", "--json", "--rules", pack], { cwd });
    expect((JSON.parse(stdout) as { id: string }[])[0]?.id).toBe("mine/no-foo");
  });

  test("list, show and test take packs by name and by file, and all packs without", async () => {
    const { cwd, pack } = withPack();
    const out = async (...argv: string[]) => (await hostbleed(["rules", ...argv], { cwd })).stdout;
    expect(await out("list", pack)).toMatch(/^Our own rules[\s\S]*\n\d+ rules? in 1 pack\n$/);
    expect(await out("list", "libssl", "rust")).toMatch(/ in 2 packs\n$/);
    expect(await out("show", pack)).toMatch(/^mine\/no-foo/);
    expect(await out("show")).toContain("\nlibssl/host-header  error\n");
    expect(await out("test", pack)).toMatch(/ 0 failed\n$/);
  });

  test("show is explain for rules alone", async () => {
    const { cwd, pack } = withPack();
    const { stdout } = await hostbleed(["rules", "show", "mine", "--rules", pack], { cwd });
    expect(stdout).toContain("mine/no-foo  warning");
  });

  test("test runs examples, raw strace lines through the real parser", async () => {
    const { cwd, pack } = withPack();
    expect(await hostbleed(["rules", "test", pack], { cwd })).toEqual({
      code: 0,
      stdout: "3 passed, 0 failed\n",
      stderr: "",
    });
  });

  test("test fails an example with its line in the YAML, and ends with 2", async () => {
    const { cwd, pack } = withPack(
      PACK.replace(
        "{ program: cc1, path: /usr/include/foo.h }",
        "{ program: cc1, path: /usr/include/bar.h }",
      ),
    );
    const { code, stdout } = await hostbleed(["rules", "test", pack], { cwd });
    expect(stdout).toMatch(/mine\.yaml:16:11: mine\/no-foo: missing .*\n2 passed, 1 failed\n$/);
    expect(code).toBe(2);
  });

  test("the built-in packs pass their own examples", async () => {
    const { code, stdout } = await hostbleed(["rules", "test"]);
    expect(stdout).toMatch(/^\d+ passed, 0 failed\n$/);
    expect(code).toBe(0);
  });

  test.each([
    [["rules"], "expected one of list, show, test"],
    [["rules", "lst"], "not lst; did you mean list?"],
    [["rules", "list", "nowhere.yaml"], "nowhere.yaml: no such file"],
    [["rules", "show", "nowhere.yaml"], "no rule or pack nowhere.yaml"],
    [["rules", "test", "nowhere.yaml"], "nowhere.yaml: no such file"],
  ])("refuses %j", async (argv, expected) => {
    const { code, stderr } = await hostbleed(argv);
    expect(stderr).toContain(expected);
    expect(code).toBe(2);
  });
});
