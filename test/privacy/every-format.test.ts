import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { liveLines } from "../../src/commands/live-lines.ts";
import { inspect } from "../../src/inspect.ts";
import type { Report } from "../../src/model/report.ts";
import { REPORTER_NAMES } from "../../src/report/index.ts";
import { collector, hostbleed, scratchFolder } from "../commands/harness.ts";
import { finding } from "../report/report.fixture.ts";

const folder = scratchFolder({ forAll: true });
const WORK = "/home/annabella/secret-project";
const SYSROOT = `${WORK}/recipe-sysroot`;

/** Variables of a build machine; only those that a cause is about may be told. */
const SECRETS = [
  "GITHUB_TOKEN=hunter2a",
  "AWS_SECRET_ACCESS_KEY=hunter2b",
  "DB_PASSWORD=hunter2c",
  "MAIL=hunter2d",
  "PKG_CONFIG_TOKEN=hunter2e",
];
/** Watched variables whose values hold secrets, and arguments that do. */
const MIXED = [
  "PKG_CONFIG_PATH=https://joe:hunter2f@host/usr/lib/pkgconfig",
  "CFLAGS=-DPASSWORD=hunter2g -I/usr/include",
];
const ARGUMENTS = [
  "--password=hunter2h",
  "--token",
  "hunter2i",
  "-DURL=https://joe:hunter2j@host/",
  "-DAPI_KEY=hunter2k",
  "-Hhunter",
];

function exec(pid: number, program: string, args: readonly string[], env: readonly string[]) {
  const list = (words: readonly string[]) => words.map((word) => `"${word}"`).join(", ");
  const name = program.slice(program.lastIndexOf("/") + 1);
  return `${pid} execve("${program}", [${list([name, ...args])}], [${list(env)}]) = 0\n`;
}

const LOG = [
  exec(40, "/usr/bin/make", ARGUMENTS, [
    ...SECRETS,
    ...MIXED,
    `PKG_CONFIG_LIBDIR=${SYSROOT}/usr/lib/pkgconfig`,
    `HOME=/home/annabella`,
  ]),
  `40 chdir("${WORK}/build") = 0\n40 vfork() = 41\n`,
  exec(41, "/usr/bin/pkg-config", ["--cflags", "zlib", ...ARGUMENTS], SECRETS),
  '41 openat(AT_FDCWD, "/usr/lib/x86_64-linux-gnu/pkgconfig/zlib.pc", O_RDONLY) = 3\n',
  "41 +++ exited with 0 +++\n40 vfork() = 42\n",
  exec(42, "/usr/bin/curl-config", ["--libs", ...ARGUMENTS], [...SECRETS, ...MIXED]),
  "42 +++ exited with 0 +++\n40 vfork() = 43\n",
  exec(
    43,
    "/usr/lib/gcc-cross/aarch64-linux-gnu/12/cc1",
    ["-isysroot", SYSROOT, "-I/usr/include", "-I/home/annabella/include", ...ARGUMENTS, "x.c"],
    [...SECRETS, ...MIXED],
  ),
  '43 openat(AT_FDCWD, "/usr/include/zlib.h", O_RDONLY|O_NOCTTY) = 3\n',
  '43 openat(AT_FDCWD, "/home/annabella/include/own.h", O_RDONLY|O_NOCTTY) = 4\n',
  '43 openat(AT_FDCWD, "/tmp/annabella-x/usr/include/tmp.h", O_RDONLY|O_NOCTTY) = 5\n',
  `43 openat(AT_FDCWD, "${WORK}/build/x.o", O_WRONLY|O_CREAT|O_TRUNC, 0666) = 6\n`,
  "43 +++ exited with 0 +++\n40 +++ exited with 0 +++\n",
].join("");

const log = join(folder, "build.strace");
writeFileSync(log, LOG);

async function checked(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await hostbleed(["check", ...args, log], {
    cwd: folder,
    inspect,
  });
  expect([code, stderr]).toEqual([1, ""]);
  return stdout;
}

test("the log has findings of each kind, with secrets in their commands", async () => {
  const report: Report = JSON.parse(await checked("--format", "json"));
  const rules = report.findings.map(({ rule }) => rule);
  expect(rules).toEqual(expect.arrayContaining(["pkgconfig/host-pc-file", "headers/host-header"]));
  expect(rules.some((rule) => rule.startsWith("config-script/"))).toBe(true);
  expect(report.findings.some(({ process }) => process.argv.includes("--token"))).toBe(true);
  expect(JSON.stringify(report)).toContain("***");
});

describe.each(REPORTER_NAMES)("the %s report", (format) => {
  test.each([[], ["--verbose"], ["--show", "allowed"], ["--redact"]])(
    "holds no secret, with %j %j",
    async (...options) => {
      const given = options.filter((each) => each !== undefined);
      expect(await checked("--format", format, ...given)).not.toMatch(/hunter2/);
    },
  );

  test.each([[], ["--verbose", "--show", "allowed"]])(
    "names no user, home or folder of the project with --redact, %j %j %j",
    async (...options) => {
      const given = options.filter((each) => each !== undefined);
      const plain = await checked("--format", format, ...given);
      const redacted = await checked("--format", format, "--redact", ...given);
      expect(plain).toMatch(/annabella/);
      expect(redacted).not.toMatch(/annabella|secret-project/);
      expect(redacted).toContain(format === "sarif" ? "%24SYSROOT" : "$SYSROOT");
    },
  );
});

test("a redacted report says so, and keeps fingerprints, groups, verdict and order", async () => {
  const plain: Report = JSON.parse(await checked("--format", "json"));
  const redacted: Report = JSON.parse(await checked("--format", "json", "--redact"));
  expect(plain).not.toHaveProperty("redacted");
  expect(redacted.redacted).toBe(true);
  const ids = ({ verdict, groups, findings }: Report) => ({
    verdict,
    groups: groups.map(({ id, severity, findings: own }) => [id, severity, own]),
    findings: findings.map(({ fingerprint, rule, zone, count }) => [
      fingerprint,
      rule,
      zone,
      count,
    ]),
  });
  expect(ids(redacted)).toEqual(ids(plain));
});

test("a baseline that was written without --redact matches with it, and the other way round", async () => {
  for (const [first, second] of [
    [[], ["--redact"]],
    [["--redact"], []],
  ]) {
    const cwd = scratchFolder();
    const run = (...args: readonly string[]) =>
      hostbleed(["check", ...args, log], { cwd, inspect });
    await run("--update-baseline", ...(first ?? []));
    const text = readFileSync(join(cwd, "hostbleed-baseline.yaml"), "utf8");
    expect(text).toContain("fingerprint:");
    if (first?.includes("--redact")) expect(text).not.toMatch(/annabella/);
    const { code, stdout } = await run("--fail-on", "note", ...(second ?? []));
    expect(stdout).toContain("not shown");
    expect(code).toBe(0);
  }
});

test("the reports of a farm are redacted alike when they are merged", async () => {
  const file = join(folder, "report.json");
  writeFileSync(file, await checked("--format", "json"));
  const { stdout } = await hostbleed(["merge", "--redact", file, file], { cwd: folder });
  expect(stdout).not.toMatch(/annabella|secret-project/);
  expect((JSON.parse(stdout) as Report).redacted).toBe(true);
});

test("findings that are told as they come are redacted too", () => {
  const told: string[] = [];
  const folders = { sysroots: [SYSROOT], nativeSysroots: [], toolchains: [], buildDirs: [WORK] };
  const say = liveLines(collector(told), { redact: true, ...folders });
  const expected = { path: `${SYSROOT}/usr/include/a.h`, exists: true, known: true };
  say(finding("f", { path: "/home/annabella/include/a.h", expected }));
  expect(told.join("")).toContain("$HOME/include/a.h of the build host; expected $SYSROOT/usr");
});

test("events are redacted path by path, and their arguments of secrets", async () => {
  const { stdout } = await hostbleed(["events", "--redact", log]);
  const hex = stdout.replace(/"([0-9a-f]{2,})"/g, (_, digits: string) =>
    JSON.stringify(Buffer.from(digits, "hex").toString()),
  );
  expect(hex).not.toMatch(/hunter2|\/home\/annabella/);
  expect(hex).toContain("$HOME/secret-project/build/x.o");
  expect((await hostbleed(["events", log])).stdout).toContain("/home/annabella");
});
