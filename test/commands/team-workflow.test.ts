import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { inspect } from "../../src/inspect.ts";
import type { Report } from "../../src/model/report.ts";
import { type Ended, hostbleed, scratchFolder } from "./harness.ts";

const BASELINE = "hostbleed-baseline.yaml";

/** A cross compile of one file, with a stray -I/usr/include: the compiler reads these headers of the host. */
function traceOf(headers: readonly string[], firstPid: number): string {
  const [make, gcc, cc1] = [firstPid, firstPid + 7, firstPid + 9];
  const compiler = "/usr/lib/gcc-cross/aarch64-linux-gnu/12/cc1";
  return [
    `${make} execve("/usr/bin/make", ["make", "-j4"], 0x7ffe7f0 /* 21 vars */) = 0`,
    `${make} vfork() = ${gcc}`,
    `${gcc} execve("/usr/bin/aarch64-linux-gnu-gcc", ["aarch64-linux-gnu-gcc", "--sysroot=/opt/sysroot", "-I/usr/include", "-c", "tls.c"], 0x55d0 /* 21 vars */) = 0`,
    `${gcc} vfork() = ${cc1}`,
    `${cc1} execve("${compiler}", ["${compiler}", "-I", "/usr/include", "-isysroot", "/opt/sysroot", "tls.c"], 0x55d1 /* 25 vars */) = 0`,
    `${cc1} openat(AT_FDCWD, "/opt/sysroot/usr/include/stdio.h", O_RDONLY|O_NOCTTY) = 3`,
    ...headers.map((header) => `${cc1} openat(AT_FDCWD, "${header}", O_RDONLY|O_NOCTTY) = 4`),
    `${cc1} +++ exited with 0 +++`,
    `${gcc} +++ exited with 0 +++`,
    `${make} +++ exited with 0 +++`,
    "",
  ].join("\n");
}

const SSL = "/usr/include/openssl/ssl.h";
const ZLIB = "/usr/include/zlib.h";
const CURL = "/usr/include/curl/curl.h";

interface Gate extends Ended {
  readonly report: Report;
  readonly sarif: {
    readonly runs: readonly [
      { readonly results: readonly { readonly message: { text: string } }[] },
    ];
  };
}

test("a team starts with leaks, agrees on a baseline, and is told of what is new, expired and gone", async () => {
  const cwd = scratchFolder();
  let pid = 100;

  const gate = async (
    headers: readonly string[],
    options: readonly string[] = [],
    today = "2026-11-22",
  ): Promise<Gate> => {
    pid += 1000;
    const trace = join(cwd, "build.strace");
    writeFileSync(trace, traceOf(headers, pid));
    const argv = [
      "check",
      "--report",
      "json=all.json",
      "--report",
      "sarif=all.sarif",
      ...options,
      trace,
    ];
    const ended = await hostbleed(argv, { cwd, inspect, today });
    const read = <T>(name: string) => JSON.parse(readFileSync(join(cwd, name), "utf8")) as T;
    return { ...ended, report: read<Report>("all.json"), sarif: read<Gate["sarif"]>("all.sarif") };
  };
  const paths = ({ report }: Gate) => report.findings.map((finding) => finding.path).sort();

  // The first run: red, and it says what and what to do.
  const first = await gate([SSL, ZLIB]);
  expect([first.code, paths(first)]).toEqual([1, [SSL, ZLIB]]);
  expect(first.stdout).toContain(`Actual    ${SSL}`);
  expect(first.stdout).toContain("Fix");
  expect(first.sarif.runs[0].results).toHaveLength(2);

  // They agree on today's leaks. The run that writes the baseline is green already.
  const agreed = await gate([SSL, ZLIB], ["--update-baseline"]);
  expect([agreed.code, paths(agreed), agreed.report.summary.suppressed]).toEqual([0, [], 2]);
  const baseline = readFileSync(join(cwd, BASELINE), "utf8");
  expect(baseline).toContain(SSL);

  // The same build on another day, with other pids: green, and the known leaks are counted.
  const next = await gate([SSL, ZLIB]);
  expect([next.code, next.report.verdict, next.report.summary.suppressed]).toEqual([0, "clean", 2]);
  expect(next.stdout).toContain("no new file of the build host was used");
  expect(next.stdout).toContain("2 known findings not shown");
  expect(next.sarif.runs[0].results).toEqual([]);

  // A new leak: red, and it alone is shown.
  const worse = await gate([SSL, ZLIB, CURL]);
  expect([worse.code, paths(worse)]).toEqual([1, [CURL]]);

  // Somebody promises to mend one until the end of the month.
  const promised = baseline.replace(`path: ${SSL}\n`, `path: ${SSL}\n    until: 2026-11-30\n`);
  expect(promised).not.toBe(baseline);
  writeFileSync(join(cwd, BASELINE), promised);
  expect((await gate([SSL, ZLIB], [], "2026-11-30")).code).toBe(0);

  // In December it is still there: red again, with a word why.
  const expired = await gate([SSL, ZLIB], [], "2026-12-01");
  expect([expired.code, paths(expired)]).toEqual([1, [SSL]]);
  expect(expired.stderr).toContain("1 baseline entry expired");

  // Mended: green, and the entry that nothing needs any more is named until somebody drops it.
  const mended = await gate([ZLIB], [], "2026-12-02");
  expect([mended.code, mended.report.stale]).toEqual([0, [expect.stringContaining(SSL)]]);
  expect(mended.stdout).toContain("--prune-baseline");
  const pruned = await gate([ZLIB], ["--prune-baseline"], "2026-12-02");
  expect([pruned.code, pruned.report.stale]).toEqual([0, []]);
  expect(readFileSync(join(cwd, BASELINE), "utf8")).not.toContain(SSL);

  // Should it come back, it is new.
  const back = await gate([SSL, ZLIB], [], "2026-12-03");
  expect([back.code, paths(back)]).toEqual([1, [SSL]]);
});
