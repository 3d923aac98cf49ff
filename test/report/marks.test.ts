import { expect, test } from "vitest";
import type { Cause, CauseFlag, CauseVariable } from "../../src/model/report.ts";
import { marksOf } from "../../src/report/text/marks.ts";

const at = { pid: 1, program: "/usr/bin/make", line: 12_345 };

function cause(
  kind: Cause["kind"],
  variables: readonly CauseVariable[],
  flags: readonly CauseFlag[],
): Cause {
  return { kind, variables, flags };
}

test.each<[string, Cause, readonly string[]]>([
  [
    "variables that went the same way at one place",
    cause(
      "lost-variable",
      [
        { name: "A", state: "unset", at, value: null },
        { name: "B", state: "unset", at, value: null },
        { name: "C", state: "lost", at, value: "/s" },
      ],
      [],
    ),
    ["A and B not set at line 12345", "C lost at line 12345, it was /s"],
  ],
  [
    "a wrong variable whose place nobody knows",
    cause("stray-flag", [{ name: "CPATH", state: "wrong", at: null, value: "/usr/include" }], []),
    ["CPATH wrong, it is /usr/include"],
  ],
  [
    "a flag that should not be there",
    cause("stray-flag", [], [{ flag: "-I/usr/include", at }]),
    ["-I/usr/include first given at line 12345"],
  ],
  [
    "a flag that is missing, and one that came of it",
    cause(
      "missing-flag",
      [],
      [
        { flag: "--sysroot=/s", at },
        { flag: "-I/usr/include/x", at },
      ],
    ),
    ["--sysroot=/s not given at line 12345", "-I/usr/include/x first given at line 12345"],
  ],
  ["a symlink", cause("symlink", [], [{ flag: "/s/x -> /x", at: null }]), ["/s/x -> /x"]],
  [
    "a program",
    cause("host-program", [], [{ flag: "/usr/bin/x", at }]),
    ["/usr/bin/x ran at line 12345"],
  ],
  [
    "a program, and what its answer brought about",
    cause(
      "host-program",
      [],
      [
        { flag: "/usr/bin/x", at },
        { flag: "/usr/lib/libx.so.1", at },
      ],
    ),
    ["/usr/bin/x ran at line 12345", "/usr/lib/libx.so.1 first given at line 12345"],
  ],
  [
    "a hostile name",
    cause("stray-flag", [], [{ flag: "-I\x1b[2J", at: null }]),
    ["-I\\x1b[2J first given"],
  ],
])("%s is told in few words", (_, given, texts) => {
  expect(marksOf(given).map(({ text }) => text)).toEqual(texts);
});
