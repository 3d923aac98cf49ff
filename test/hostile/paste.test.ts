import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { advised } from "../../src/fix/advice.ts";
import { FORMATS } from "../../src/fix/formats/index.ts";
import { prescribe } from "../../src/fix/prescribe.ts";
import type { Cause } from "../../src/model/report.ts";
import { commandLine, printable } from "../../src/report/printable.ts";
import { scratchFolder } from "../commands/harness.ts";
import { flag, lost, type Prescribed, reportWith, unset, wrong } from "../fix/report.ts";

/** What would make a file in the shell that reads it, were it not quoted. */
const TRAPS = [
  "$(touch pwned)",
  "`touch pwned`",
  ";touch pwned;",
  "'; touch pwned; '",
  '"; touch pwned; "',
  "\\'; touch pwned; '\\",
  "\ntouch pwned\n",
  "|touch pwned",
  "&touch pwned&",
  "&&touch pwned",
  "x touch pwned",
  ")touch pwned",
  "x\ttouch pwned",
  "$(touch pwned)\x1b[201~",
  "$'; touch pwned; '",
];

/** A report for each kind of remedy, with the trap wherever a trace could have put it. */
function reportsWith(trap: string): readonly Prescribed[] {
  const path = `/usr/lib/${trap}/libz.so.1`;
  const at = { pid: 3, program: `/usr/bin/${trap}gcc`, line: 7 };
  const causes: readonly Cause[] = [
    {
      kind: "lost-variable",
      variables: [
        lost("PKG_CONFIG_LIBDIR", trap),
        lost("PKG_CONFIG_PATH", `/x/${trap}`),
        lost("CFLAGS", `-O2 ${trap}`),
        lost(`PKG_CONFIG_${trap}`, "x"),
        { ...unset("PKG_CONFIG_SYSROOT_DIR"), at },
      ],
      flags: [],
    },
    {
      kind: "stray-flag",
      variables: [wrong("CFLAGS", `-O2 -I${path} ${trap}`), wrong("CPATH", trap)],
      flags: [{ flag: `-I${path}`, at }, flag(`-L/${trap}`, trap)],
    },
    { kind: "missing-flag", variables: [], flags: [{ flag: `--sysroot=/${trap}`, at }] },
    {
      kind: "missing-flag",
      variables: [{ ...unset("BINDGEN_EXTRA_CLANG_ARGS"), at }],
      flags: [{ flag: `--sysroot=/${trap}`, at }],
    },
    { kind: "missing-flag", variables: [], flags: [flag("CMAKE_SYSROOT"), flag("sys_root")] },
    { kind: "symlink", variables: [], flags: [flag(`/sysroot/${trap} -> ${path}`)] },
    { kind: "host-program", variables: [], flags: [flag(`/usr/bin/${trap}-config`)] },
    { kind: "missing-dependency", variables: [], flags: [] },
  ];
  const expected = { path: `/sysroot/lib/${trap}`, exists: true, known: true };
  return ["/sysroot", "/w/recipe-sysroot", "/w/output/staging"].flatMap((root) =>
    causes.map((cause) => {
      const sysroots = [`${root}/${trap}`];
      const build = { target: `${trap}-linux`, sysroots };
      return reportWith(cause, { finding: { path, expected }, build });
    }),
  );
}

/** Whether a file was made by a shell that got this text. */
function runs(script: string): boolean {
  const cwd = scratchFolder();
  spawnSync("sh", ["-c", script], { cwd, env: { PATH: "/usr/bin:/bin" }, timeout: 10_000 });
  return existsSync(join(cwd, "pwned"));
}

test("the traps are traps", () => {
  const sprung = TRAPS.filter((trap) => runs(`x=${trap}`) || runs(`x='${trap}'`));
  expect(sprung.length).toBeGreaterThan(TRAPS.length / 2);
});

test.each(TRAPS)("what is to be pasted runs nothing of %j", { timeout: 60_000 }, (trap) => {
  const lines = new Set<string>();
  for (const report of reportsWith(trap)) {
    for (const { fix } of advised(report.groups, report))
      for (const line of fix) lines.add(printable(line));
    const { prescriptions, site } = prescribe(report);
    for (const format of ["shell", "env"] as const) {
      const text = FORMATS[format](prescriptions, site);
      expect(runs(text), text).toBe(false);
      for (const line of text.split("\n")) lines.add(line);
    }
  }
  for (const line of lines) expect(runs(line), line).toBe(false);
});

test.each(TRAPS)("a command line of the report is read back as shown, with %j in it", (trap) => {
  const script = `printf '%s\\n' ${commandLine([trap, `-I${trap}`])}`;
  expect(runs(script)).toBe(false);
  const { stdout } = spawnSync("sh", ["-c", script], { encoding: "utf8" });
  expect(stdout).toBe(`${printable(trap)}\n${printable(`-I${trap}`)}\n`);
});

test("make that inherits a fixed variable runs nothing", () => {
  const trap = "$(shell touch pwned)";
  for (const report of reportsWith(trap)) {
    const { prescriptions, site } = prescribe(report);
    const set = FORMATS.shell(prescriptions, site).split("\n");
    for (const line of set.filter((each) => /^export (?:CC|CXX|CFLAGS)=/.test(each)))
      expect(line).not.toContain("$(shell");
  }
});
