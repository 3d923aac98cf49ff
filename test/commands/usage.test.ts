import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { COMMANDS } from "../../src/commands/index.ts";
import { editDistance, nearest } from "../../src/commands/suggestion.ts";
import { hostbleed } from "./harness.ts";

/** A file that is there, whatever is in it. */
const TRACE = fileURLToPath(import.meta.url);

describe("a call that makes no sense ends with 2, and says so on stderr alone", () => {
  test.each([
    [["chek", "x"], "unknown command chek; did you mean check?"],
    [["build.strace"], "the commands are check, run, events"],
    [[TRACE], `to judge a trace: hostbleed check ${TRACE}`],
    [["--formt", "json"], "unknown option before the command --formt"],
    [["--quiet", "check", "x"], "options stand behind the command: hostbleed check --quiet"],
    [["check", "--sysrot", "/x"], "unknown option --sysrot; did you mean --sysroot?"],
    [["check", "--no-progres"], "unknown option --no-progres; did you mean --no-progress?"],
    [["check", "--format"], "--format: expected NAME behind it"],
    [["check", "x", "--sysroot"], "--sysroot: expected DIR behind it"],
    [["check", "--sysroot", "--strict", "x"], "--sysroot: expected DIR behind it, not --strict"],
    [["check", "--quiet=yes", "x"], "--quiet is a switch and takes no value"],
    [["check", "-qx", "x"], "unknown option -qx"],
    [["check", "-qv", "x", "--target"], "--target: expected TRIPLE behind it"],
    [["explain", ""], "an argument is empty"],
    [["merge", "a.json", ""], "an argument is empty"],
    [["check", "--config", "", "x"], "--config: expected a word, not an empty one"],
    [["run", "--save=", "--", "make"], "--save: expected a word, not an empty one"],
    [["explain", "/x", "--sysroot", ""], "--sysroot: expected a word, not an empty one"],
    [["help", "chek"], "unknown command chek; did you mean check?"],
    [["run", "make", "-j8"], "what stands behind -- is the command's"],
    [["rules", "lst"], "hostbleed: rules: expected one of list, show, test, not lst; did you mean"],
    [["fix", "--format", "shel", "x"], "--format shel: unknown format shel; did you mean shell?"],
    [["fix", "a", "b"], "more than one report given"],
    [["diff", "--format", "jsn", "a", "b"], "--format jsn: expected one of text, json"],
    [["check", "--report", "sarf=x", "x"], "--report sarf=x: unknown format sarf"],
    [["check", "--format", "sarf"], "--format sarf: unknown format sarf; did you mean sarif?"],
    [["check", "--report", "sarif"], "--report sarif: expected NAME=FILE"],
    [["check", "--report", "json=-"], "for stdout: --format json"],
    [
      ["check", "--report", "json=x", "--report", "sarif=./x"],
      "two reports would be written to ./x",
    ],
    [["check", "--no-default-rules", "x"], "no rules to judge by"],
    [["check", "--sysroot", "", "x"], "--sysroot: expected a word, not an empty one"],
    [["check", "--target=", "x"], "--target: expected a word"],
    [["diff", "a"], "expected: hostbleed diff [options] A B"],
    [["schema"], "expected: hostbleed schema report | config"],
    [["check", "--fail-on", "fatal"], "expected one of error, warning, note, never"],
    [["check", "--show", "all"], "expected one of allowed, suppressed"],
    [["check", "--color", "blue"], "expected one of auto, always, never"],
    [["check", "--config", "nowhere.yaml"], "nowhere.yaml: no such file"],
    [["check", "--baseline", "nowhere.yaml"], "nowhere.yaml: no such file"],
  ])("%j", async (argv, expected) => {
    const { code, stdout, stderr } = await hostbleed(argv);
    expect(stderr).toContain(expected);
    expect(stderr).toContain("hint: ");
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  test("a target that no processor has is warned of, and kept", async () => {
    const { code, stderr } = await hostbleed(["check", "--target", "aarhc64-poky-linux", "x"]);
    expect(stderr).toContain("warning: target aarhc64-poky-linux: no processor that");
    expect(code).toBe(1);
  });

  test("no command at all shows the help, on stderr", async () => {
    const { code, stdout, stderr } = await hostbleed([]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("Usage: hostbleed COMMAND");
  });

  test("no trace, while a person sits at stdin", async () => {
    const { code, stderr } = await hostbleed(["check"], { stdin: null });
    expect(code).toBe(2);
    expect(stderr).toContain("no trace given");
  });
});

describe("help goes to stdout and ends with 0", () => {
  test.each([[["--help"]], [["-h"]], [["help"]]])("%j names every command", async (argv) => {
    const { code, stdout, stderr } = await hostbleed(argv);
    expect([code, stderr]).toEqual([0, ""]);
    for (const name of Object.keys(COMMANDS)) expect(stdout).toContain(`\n  ${name} `);
  });

  test.each(Object.keys(COMMANDS))(
    "%s --help has usage, options with words, and an example",
    async (name) => {
      const { code, stdout, stderr } = await hostbleed([name, "--help"]);
      expect([code, stderr]).toEqual([0, ""]);
      expect(stdout).toContain(`Usage: hostbleed ${name}`);
      expect(stdout).toMatch(/Examples\n.*\n {4}\$ /);
      expect(stdout).not.toMatch(/#\d/);
      expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
      expect(await hostbleed(["help", name])).toEqual({ code, stdout, stderr });
    },
  );

  test("every option of the contract is listed", async () => {
    const { stdout } = await hostbleed(["check", "--help"]);
    expect(stdout).toMatchSnapshot();
  });

  test("a --help behind -- is not ours", async () => {
    expect((await hostbleed(["check", "--", "--help"])).stdout).not.toContain("Usage:");
  });
});

test("--version prints the version of the package", async () => {
  expect(await hostbleed(["--version"])).toEqual({
    code: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    stderr: "",
  });
});

test.each([
  ["", "", 0],
  ["abc", "abc", 0],
  ["abc", "acb", 1],
  ["sarf", "sarif", 1],
  ["kitten", "sitting", 3],
])("from %j to %j it is %i edits", (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance);
});

test("a word that is like none gets no suggestion", () => {
  expect(nearest("xyzzy", ["check", "run"])).toBe(null);
});
