import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import type { CommandContext } from "../../src/commands/context.ts";
import { HostbleedError } from "../../src/model/errors.ts";
import type { Report } from "../../src/model/report.ts";
import { cleanReport, finding, report } from "../report/report.fixture.ts";
import { always, hostbleed, scratchFolder } from "./harness.ts";

const warned: Report = {
  ...cleanReport,
  verdict: "leaks",
  findings: [finding("w", { severity: "warning" })],
  summary: { ...cleanReport.summary, warning: 1 },
};
const undecided: Report = { ...cleanReport, undecided: report.undecided };

describe("the exit code tells how the run ended", () => {
  test.each([
    ["clean", cleanReport, [], 0],
    ["errors", report, [], 1],
    ["errors, and nothing shall fail", report, ["--fail-on", "never"], 0],
    ["a warning", warned, [], 0],
    ["a warning that shall fail", warned, ["--fail-on", "warning"], 1],
    ["a warning below a note", warned, ["--fail-on", "note"], 1],
    ["something undecided", undecided, [], 0],
    ["something undecided, strictly", undecided, ["--strict"], 3],
    ["an early end, strictly", { ...cleanReport, incomplete: true }, ["--strict"], 3],
    ["leaks and something undecided, strictly", report, ["--strict"], 1],
  ] as const)("%s", async (_, answer, options, code) => {
    const ended = await hostbleed(["check", ...options, "x"], { inspect: always(answer) });
    expect(ended.code).toBe(code);
    expect(ended.stderr).toBe("");
  });

  test.each([
    ["input-not-strace", 3],
    ["input-no-access", 3],
    ["rule-pack", 2],
  ] as const)("%s", async (code, exit) => {
    const inspect = async () => {
      throw new HostbleedError(code, "x.log:\x1b[2J");
    };
    const ended = await hostbleed(["check", "x.log"], { inspect });
    expect([ended.code, ended.stdout]).toEqual([exit, ""]);
    expect(ended.stderr).toContain("x.log:\\x1b[2J");
  });

  test("a mistake of ours shows no stack, and is neither clean nor leaks", async () => {
    const inspect = async () => {
      throw new TypeError("x is undefined");
    };
    const ended = await hostbleed(["check", "x"], { inspect });
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain("Internal error: x is undefined");
    expect(ended.stderr).not.toContain("    at ");
  });
});

test("options reach the judge, folders as absolute paths", async () => {
  const cwd = scratchFolder();
  const calls: unknown[] = [];
  const inspect: CommandContext["inspect"] = async (traces, options) => {
    calls.push([traces, { ...options, signal: undefined }]);
    return cleanReport;
  };
  const argv =
    "check --target arm-linux --host x86_64-linux --sysroot a --sysroot=/b --native-sysroot n";
  const more = "--toolchain t --build-dir . --rules mine --no-default-rules --show allowed t1 - t2";
  await hostbleed([...argv.split(" "), ...more.split(" ")], { cwd, inspect });
  expect(calls).toEqual([
    [
      ["t1", "-", "t2"],
      {
        target: "arm-linux",
        host: "x86_64-linux",
        sysroots: [join(cwd, "a"), "/b"],
        nativeSysroots: [join(cwd, "n")],
        toolchains: [join(cwd, "t")],
        buildDirs: [cwd],
        rulePacks: ["mine"],
        defaultRules: false,
        show: "allowed",
        signal: undefined,
      },
    ],
  ]);
});

describe("--report", () => {
  test("never replaces a trace that is judged, by whatever name it goes", async () => {
    const cwd = scratchFolder();
    writeFileSync(join(cwd, "build.strace"), "1 x");
    symlinkSync("build.strace", join(cwd, "out.json"));
    const argv = ["check", "--report", "json=out.json", "./build.strace"];
    const { code, stdout, stderr } = await hostbleed(argv, { cwd });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("would replace a trace");
    expect(readFileSync(join(cwd, "build.strace"), "utf8")).toBe("1 x");
  });

  test("one run writes many reports, and stdout has its own", async () => {
    const cwd = scratchFolder();
    const argv = [
      "check",
      "--report",
      "sarif=out.sarif",
      "--report=junit=out.xml",
      "--format",
      "json",
      "x",
    ];
    const { code, stdout } = await hostbleed(argv, { cwd });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ schema: "hostbleed-report/1" });
    expect(JSON.parse(readFileSync(join(cwd, "out.sarif"), "utf8"))).toMatchObject({
      version: "2.1.0",
    });
    expect(readFileSync(join(cwd, "out.xml"), "utf8")).toContain("<testsuites");
    expect(readdirSync(cwd).sort()).toEqual(["out.sarif", "out.xml"]);
  });

  test("one that cannot be written does not keep the others from it, and ends with 3", async () => {
    const cwd = scratchFolder();
    mkdirSync(join(cwd, "taken"));
    const argv = [
      "check",
      "--report",
      "json=taken",
      "--report",
      "json=no/such/x",
      "--report",
      "json=ok.json",
      "x",
    ];
    const { code, stdout, stderr } = await hostbleed(argv, { cwd });
    expect(code).toBe(3);
    expect(stderr.match(/The output could not be written/g)).toHaveLength(2);
    expect(stdout).toContain("PKG_CONFIG_SYSROOT_DIR");
    expect(readdirSync(cwd).sort()).toEqual(["ok.json", "taken"]);
  });

  test("a file is replaced whole, through a symlink too", async () => {
    const cwd = scratchFolder();
    writeFileSync(join(cwd, "real.json"), "old");
    chmodSync(join(cwd, "real.json"), 0o644);
    await hostbleed(["check", "--report", "json=real.json", "x"], { cwd });
    expect(JSON.parse(readFileSync(join(cwd, "real.json"), "utf8"))).toBeTypeOf("object");
  });

  test("files have no colours, even when stdout has", async () => {
    const cwd = scratchFolder();
    const { stdout } = await hostbleed(
      ["check", "--color", "always", "--report", "text=x.txt", "x"],
      { cwd },
    );
    expect(stdout).toContain("\x1b[");
    expect(readFileSync(join(cwd, "x.txt"), "utf8")).not.toContain("\x1b");
  });
});

describe("colours", () => {
  test.each([
    ["a pipe has none", [], {}, false],
    ["unless they are asked for", ["--color", "always"], {}, true],
    ["or forced", [], { FORCE_COLOR: "1" }, true],
    ["though not with 0", [], { FORCE_COLOR: "0" }, false],
    ["NO_COLOR goes before FORCE_COLOR", [], { FORCE_COLOR: "1", NO_COLOR: "1" }, false],
    ["an empty NO_COLOR is none", [], { FORCE_COLOR: "1", NO_COLOR: "" }, true],
    ["the option goes before the environment", ["--color", "never"], { FORCE_COLOR: "1" }, false],
  ] as const)("%s", async (_, options, env, colored) => {
    const { stdout } = await hostbleed(["check", ...options, "x"], { env });
    expect(stdout.includes("\x1b[")).toBe(colored);
  });
});

describe("GitHub's job summary", () => {
  test("is written with the github report, behind what other steps wrote", async () => {
    const cwd = scratchFolder();
    const summary = join(cwd, "summary.md");
    writeFileSync(summary, "# before\n");
    const env = { GITHUB_STEP_SUMMARY: summary };
    const { stdout } = await hostbleed(["check", "--format", "github", "x"], { cwd, env });
    expect(stdout).toMatch(/^::error /);
    expect(readFileSync(summary, "utf8")).toMatch(/^# before\n## hostbleed: leaks/);
  });

  test("is not written for other formats", async () => {
    const cwd = scratchFolder();
    const summary = join(cwd, "summary.md");
    await hostbleed(["check", "x"], { cwd, env: { GITHUB_STEP_SUMMARY: summary } });
    expect(existsSync(summary)).toBe(false);
  });

  test("is cut short when there is no room left below 1 MiB", async () => {
    const cwd = scratchFolder();
    const summary = join(cwd, "summary.md");
    writeFileSync(summary, "x".repeat(1024 * 1024 - 200));
    await hostbleed(["check", "--format", "github", "x"], {
      cwd,
      env: { GITHUB_STEP_SUMMARY: summary },
    });
    expect(readFileSync(summary, "utf8")).toMatch(/x\nhostbleed: no room/);
  });
});

describe("a signal", () => {
  test("ends the input; what was judged is reported, and is no success", async () => {
    const inspect: CommandContext["inspect"] = async (_, options) => {
      await Promise.resolve();
      expect(options?.signal?.aborted).toBe(true);
      return { ...cleanReport, incomplete: true };
    };
    const ended = await hostbleed(["check", "x"], {
      inspect,
      interrupt: (send) => send("SIGTERM"),
    });
    expect(ended.code).toBe(3);
    expect(ended.stdout).toContain("incomplete: the input ended early");
  });

  test("does not hide leaks that were found before it", async () => {
    const inspect: CommandContext["inspect"] = async () => {
      await Promise.resolve();
      return { ...report, incomplete: true };
    };
    const ended = await hostbleed(["check", "x"], { inspect, interrupt: (send) => send("SIGINT") });
    expect(ended.code).toBe(1);
  });
});

describe("a reader that leaves", () => {
  test("ends the writing quietly; the verdict stays, and the other reports are written", async () => {
    const cwd = scratchFolder();
    const stdout = new Writable({
      write(_chunk, _encoding, done) {
        done(Object.assign(new Error("write EPIPE"), { code: "EPIPE" }));
      },
    });
    const ended = await hostbleed(["check", "--report", "json=x.json", "x"], { cwd, stdout });
    expect([ended.code, ended.stderr]).toEqual([1, ""]);
    expect(existsSync(join(cwd, "x.json"))).toBe(true);
  });

  test("a full disk behind stdout is an error", async () => {
    const stdout = new Writable({
      write(_chunk, _encoding, done) {
        done(Object.assign(new Error("no space left on device"), { code: "ENOSPC" }));
      },
    });
    const ended = await hostbleed(["check", "x"], { stdout });
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain("stdout: no space left on device");
  });
});

describe("progress", () => {
  const slowly: CommandContext["inspect"] = async (_, options) => {
    options?.onProgress?.({ bytes: 1, total: 2, leaks: 0 });
    await new Promise((resolve) => setTimeout(resolve, 450));
    options?.onProgress?.({ bytes: 5e6, total: 1e7, leaks: 3 });
    return cleanReport;
  };

  test("is shown to a person at the terminal, and wiped away", async () => {
    const { stderr } = await hostbleed(["check", "x"], { inspect: slowly, stderrIsTerminal: true });
    expect(stderr).toMatch(
      /^\r5\.0 MB of 10 MB {2}50 % {2}[\d.,]+ MB\/s {2}\d+ s left {2}3 leaks\x1b\[K\r\x1b\[K$/,
    );
  });

  test.each([
    ["--no-progress", ["--no-progress"], {}, true],
    ["--quiet", ["--quiet"], {}, true],
    ["CI", [], { CI: "true" }, true],
    ["a pipe", [], {}, false],
    ["the environment", [], { HOSTBLEED_PROGRESS: "no" }, true],
  ] as const)("is silent with %s", async (_, options, env, stderrIsTerminal) => {
    const { stderr } = await hostbleed(["check", ...options, "x"], {
      inspect: slowly,
      env,
      stderrIsTerminal,
    });
    expect(stderr).toBe("");
  });
});
