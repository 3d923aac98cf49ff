import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { CommandContext } from "../../src/commands/context.ts";
import { inspect as inspectTraces } from "../../src/inspect.ts";
import type { Report } from "../../src/model/report.ts";
import { cleanReport, finding, report } from "../report/report.fixture.ts";
import { hostbleed, scratchFolder } from "./harness.ts";

function folderWith(reports: Readonly<Record<string, unknown>>): string {
  const cwd = scratchFolder();
  for (const [name, content] of Object.entries(reports))
    writeFileSync(join(cwd, name), typeof content === "string" ? content : JSON.stringify(content));
  return cwd;
}

const other: Report = { ...cleanReport, findings: [finding("n1", { path: "/usr/include/n.h" })] };

describe("merge", () => {
  test("prints one JSON report, the same in any order, and ends with 0", async () => {
    const cwd = folderWith({ "a.json": report, "b.json": other });
    const ended = await hostbleed(["merge", "a.json", "b.json"], { cwd });
    expect([ended.code, ended.stderr]).toEqual([0, ""]);
    expect(ended).toEqual(await hostbleed(["merge", "b.json", "a.json"], { cwd }));
    expect((JSON.parse(ended.stdout) as Report).findings).toHaveLength(report.findings.length + 1);
  });

  test("reads stdin, renders any format, and can gate", async () => {
    const cwd = folderWith({ "b.json": other });
    const argv = [
      "merge",
      "-",
      "b.json",
      "--format",
      "junit",
      "--report",
      "json=all.json",
      "--fail-on",
      "error",
    ];
    const ended = await hostbleed(argv, { cwd, stdin: JSON.stringify(report) });
    expect(ended.code).toBe(1);
    expect(ended.stdout).toContain("<testsuites");
    expect(JSON.parse(readFileSync(join(cwd, "all.json"), "utf8"))).toBeTypeOf("object");
  });

  test.each([
    [["merge"], 2, "no report given"],
    [["merge", "none.json"], 3, "none.json"],
    [["merge", "torn.json"], 2, "torn.json: its JSON ends early"],
    [["merge", "no.json"], 2, "no.json: expected JSON at 1:8\n"],
    [["merge", "void.json"], 2, "void.json: it is empty"],
    [["merge", "else.json"], 2, "else.json: schema: missing, expected hostbleed-report/1"],
    [["merge", "ok.json", "--format", "jsn"], 2, "did you mean json?"],
  ])("refuses %j with %i", async (argv, code, expected) => {
    const cwd = folderWith({
      "torn.json": '{"schema":',
      "no.json": '{"a":1,b}',
      "void.json": "",
      "else.json": { a: 1 },
      "ok.json": report,
    });
    const ended = await hostbleed(argv, { cwd });
    expect(ended.stderr).toContain(expected);
    expect([ended.code, ended.stdout]).toEqual([code, ""]);
  });
});

describe("diff", () => {
  const b: Report = {
    ...report,
    findings: [
      ...report.findings.slice(2),
      finding("n1", { path: "/usr/include/\x1bn.h", severity: "warning" }),
    ].map((each) => (each.fingerprint === "b1" ? { ...each, severity: "note" as const } : each)),
  };

  test("of two reports names what only one read, and what was judged differently", async () => {
    const cwd = folderWith({ "a.json": report, "b.json": b });
    const ended = await hostbleed(["diff", "a.json", "b.json"], { cwd });
    expect(ended.code).toBe(0);
    expect(ended.stdout).toMatchSnapshot();
  });

  test("as JSON is for programs", async () => {
    const cwd = folderWith({ "a.json": report, "b.json": b });
    const { stdout } = await hostbleed(["diff", "--format", "json", "a.json", "b.json"], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({
      onlyA: [{}, {}],
      onlyB: [{}],
      changed: [{}],
      same: 8,
    });
  });

  test("of a build with itself is empty", async () => {
    const cwd = folderWith({ "a.json": report });
    const { stdout } = await hostbleed(["diff", "a.json", "a.json"], { cwd });
    expect(stdout).toBe("0 files only in A, 0 only in B, 0 judged differently, 11 alike\n");
  });

  test.each([
    ["error", 0],
    ["warning", 1],
    ["never", 0],
  ])("with --fail-on %s ends with %i when B has a new warning", async (failOn, code) => {
    const cwd = folderWith({ "a.json": report, "b.json": b });
    expect((await hostbleed(["diff", "--fail-on", failOn, "a.json", "b.json"], { cwd })).code).toBe(
      code,
    );
  });

  test("of traces judges both, and compares what was innocent too", async () => {
    const cwd = folderWith({ "a.strace": "1 x", "b.strace": "1 x" });
    const asked: unknown[] = [];
    const inspect: CommandContext["inspect"] = async ([trace], options) => {
      asked.push([trace, options?.show]);
      const allowed = trace === "a.strace" ? [] : other.findings;
      return { ...cleanReport, allowed };
    };
    const { stdout } = await hostbleed(["diff", "a.strace", "b.strace"], { cwd, inspect });
    expect(asked).toEqual([
      ["a.strace", "allowed"],
      ["b.strace", "allowed"],
    ]);
    expect(stdout).toContain("Only in b.strace (1)\n+ allowed  cc1 compiled with /usr/include/n.h");
  });

  test("of a trace with a report that holds leaks alone compares leaks alone", async () => {
    const cwd = folderWith({ "a.json": cleanReport, "b.strace": "1 x" });
    const inspect: CommandContext["inspect"] = async () => ({
      ...cleanReport,
      allowed: other.findings,
    });
    const { stdout } = await hostbleed(["diff", "a.json", "b.strace"], { cwd, inspect });
    expect(stdout).toBe("0 files only in A, 0 only in B, 0 judged differently, 0 alike\n");
  });

  test.each(["-", "b.json"])("takes a report or a trace from stdin, against %s", async (b) => {
    const cwd = folderWith({ "b.json": report });
    const inspect: CommandContext["inspect"] = async () => cleanReport;
    const argv = ["diff", ...(b === "-" ? ["b.json", "-"] : ["-", "b.json"])];
    const of = async (stdin: string) => (await hostbleed(argv, { cwd, inspect, stdin })).stdout;
    expect(await of(JSON.stringify(report))).toBe(
      "0 files only in A, 0 only in B, 0 judged differently, 11 alike\n",
    );
    expect(await of("41 exit_group(0) = ?\n")).toContain(", 0 alike\n");
  });

  test("knows what comes through a FIFO by its content, each byte of it once", async () => {
    const log = '12 chdir("/w") = 0\n12 openat(AT_FDCWD, "/usr/include/n.h", O_RDONLY) = 3\n';
    const cwd = folderWith({ "report.file": report, "trace.file": log });
    expect(spawnSync("mkfifo", [join(cwd, "report"), join(cwd, "trace")]).status).toBe(0);
    const through = async (name: string, pipe: string) => {
      const writer = spawn("sh", ["-c", `cat ${name}.file > ${name}`], { cwd });
      const argv = ["diff", join(cwd, name), join(cwd, pipe)];
      const { stdout, stderr } = await hostbleed(argv, { cwd, inspect: inspectTraces });
      writer.kill();
      return stdout + stderr;
    };
    const alike = (count: number) =>
      `0 files only in A, 0 only in B, 0 judged differently, ${count} alike\n`;
    expect(await through("report", "report.file")).toBe(alike(11));
    expect(await through("trace", "trace.file")).toBe(alike(1));
  });

  test.each(["diff", "merge"])("%s reads stdin once", async (command) => {
    const ended = await hostbleed([command, "-", "-"], { stdin: JSON.stringify(report) });
    expect(ended).toMatchObject({ code: 2, stdout: "" });
    expect(ended.stderr).toContain("stdin can be read only once");
  });

  test("says of which log the rest is unknown, and passes no gate by one that is damaged", async () => {
    const cut = { ...cleanReport, incomplete: true };
    const [trace] = report.traces;
    const damaged = { ...cut, traces: [{ ...trace, truncated: true, damage: "gzip: cut" }] };
    const cwd = folderWith({ "ok.json": cleanReport, "cut.json": cut, "bad.json": damaged });
    const run = (...argv: string[]) => hostbleed(["diff", "ok.json", ...argv], { cwd });
    expect((await run("ok.json")).stderr).toBe("");
    expect((await run("cut.json")).stderr).toContain("cut.json was not read to its end");
    const codes = [
      run("bad.json"),
      run("cut.json", "--fail-on", "note"),
      run("bad.json", "--fail-on", "note"),
    ];
    expect((await Promise.all(codes)).map(({ code }) => code)).toEqual([0, 0, 3]);
  });

  test("never fails by what is allowed", async () => {
    const found = { ...cleanReport, allowed: other.findings };
    const cwd = folderWith({ "a.json": { ...cleanReport, allowed: [] }, "b.json": found });
    const ended = await hostbleed(["diff", "--fail-on", "note", "a.json", "b.json"], { cwd });
    expect([ended.code, ended.stdout]).toEqual([0, expect.stringContaining("+ allowed")]);
  });

  test("with --redact names no home and no user, of files and of reports", async () => {
    const cwd = folderWith({ "a.json": cleanReport });
    const path = "/home/joanna/.local/include/n.h";
    mkdirSync(join(cwd, "home/joanna"), { recursive: true });
    const b = { ...cleanReport, findings: [finding("n1", { path })] };
    writeFileSync(join(cwd, "home/joanna/b.json"), JSON.stringify(b));
    for (const format of ["text", "json"]) {
      const argv = ["diff", "--redact", "--format", format, "a.json", "home/joanna/b.json"];
      const { stdout } = await hostbleed(argv, { cwd });
      expect(stdout).toContain("$HOME/.local/include/n.h");
      expect(stdout.replace("home/joanna/b.json", "")).not.toContain("joanna");
    }
  });
});

test.each(["report", "config", "baseline", "rule-pack"])(
  "schema %s is a JSON schema",
  async (name) => {
    const { code, stdout } = await hostbleed(["schema", name]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      type: "object",
      $schema: expect.stringContaining("2020-12"),
    });
  },
);
