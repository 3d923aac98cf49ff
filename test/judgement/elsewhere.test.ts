import { expect, test } from "vitest";
import { inspectSources } from "../../src/inspect.ts";
import type { Report } from "../../src/model/report.ts";
import { memorySource } from "../process/memory-source.ts";

/** A build of one object, compiled by whoever the command names. */
function build(
  program: string,
  words: readonly string[],
  ...children: readonly string[]
): Promise<Report> {
  const lines = [
    '1 execve("/usr/bin/make", ["make"], 0x7ffc /* 9 vars */) = 0',
    '1 openat(AT_FDCWD, "/b/Makefile", O_RDONLY) = 3',
    "1 vfork() = 2",
    `2 execve("${program}", ${JSON.stringify(words)}, 0x7ffc /* 9 vars */) = 0`,
    ...children,
    "2 +++ exited with 0 +++",
    "1 +++ exited with 0 +++",
    "",
  ];
  const source = memorySource("build.strace", Buffer.from(lines.join("\n")));
  return inspectSources([source], { target: "aarch64-linux-gnu", sysroots: ["/opt/sr"] });
}

const COMPILE = ["aarch64-linux-gnu-gcc", "-c", "a.c"];
const CHILD = `2 execve("/usr/bin/aarch64-linux-gnu-gcc", ${JSON.stringify(COMPILE)}, 0x7ffc /* 9 vars */) = 0`;

test("a build whose compilers ran in somebody's server is not called clean", async () => {
  const report = await build("/usr/bin/sccache", ["sccache", ...COMPILE]);
  expect(report.verdict).toBe("undecided");
  expect(report.undecided.map(({ text }) => text)).toEqual([
    "sccache has others work, whom this log does not follow: trace those, or a build without it.",
  ]);
  const masked = await build("/usr/lib/icecc/bin/aarch64-linux-gnu-gcc", COMPILE);
  expect(masked.undecided.map(({ what }) => what)).toEqual(["elsewhere"]);
  const container = await build("/usr/bin/docker", ["docker", "run", "img", "make"]);
  expect(container.undecided.map(({ what }) => what)).toEqual(["elsewhere"]);
});

test("a client that compiles by itself, or asks its server for news alone, hides nothing", async () => {
  for (const report of [
    await build("/usr/bin/sccache", ["sccache", ...COMPILE], CHILD),
    await build("/usr/bin/sccache", ["sccache", "--show-stats"]),
    await build("/usr/bin/docker", ["docker", "pull", "img"]),
  ])
    expect(report.undecided).toEqual([]);
});

test("a client whose server the log follows hides nothing, though others ask that server too", async () => {
  const report = await build(
    "/usr/bin/sccache",
    ["sccache", ...COMPILE],
    "2 vfork() = 3",
    '3 execve("/usr/bin/sccache", ["/usr/bin/sccache"], 0x7ffc /* 9 vars */) = 0',
    "3 vfork() = 4",
    CHILD.replace("2 ", "4 "),
    "4 +++ exited with 0 +++",
    "1 vfork() = 5",
    `5 execve("/usr/bin/sccache", ${JSON.stringify(["sccache", ...COMPILE])}, 0x7ffc /* 9 vars */) = 0`,
    "5 +++ exited with 0 +++",
  );
  expect(report.undecided).toEqual([]);
});

test("a client that links by itself hides what its like had compiled elsewhere", async () => {
  const report = await build(
    "/usr/bin/sccache",
    ["sccache", ...COMPILE],
    "1 vfork() = 5",
    '5 execve("/usr/bin/sccache", ["sccache", "aarch64-linux-gnu-gcc", "a.o"], 0x7ffc /* 9 vars */) = 0',
    "5 vfork() = 6",
    '6 execve("/usr/bin/aarch64-linux-gnu-gcc", ["aarch64-linux-gnu-gcc", "a.o"], 0x7ffc /* 9 vars */) = 0',
    "6 +++ exited with 0 +++",
    "5 +++ exited with 0 +++",
  );
  expect(report.undecided.map(({ what }) => what)).toEqual(["elsewhere"]);
});

test("a connection by TCP has no path that the log could lack", async () => {
  const address = '{sa_family=AF_INET, sin_port=htons(4226), sin_addr=inet_addr("127.0.0.1")}';
  const report = await build(
    "/usr/bin/ccache",
    ["ccache", ...COMPILE],
    `2 connect(5, ${address}, 16) = 0`,
    CHILD,
  );
  expect(report.undecided).toEqual([]);
});
