import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { inspect } from "../../src/inspect.ts";
import type { Report } from "../../src/model/report.ts";
import { cases } from "../corpus/cases.ts";
import { project, scratchFolder } from "../record/program.ts";
import { describeWith } from "../tools.ts";
import { splitByPid } from "./split.ts";

/** What must not depend on how strace wrote its log: all but the places of lines. */
function told({ verdict, build, summary, groups, findings }: Report): unknown {
  return {
    verdict,
    build,
    summary,
    groups: groups.map(({ id, title, severity, cause }) => [id, title, severity, cause.kind]),
    findings: findings.map(({ evidence, process, taints, ...rest }) => ({
      ...rest,
      chain: process.chain,
      taints,
    })),
  };
}

const PLAIN = { stamped: false };

/** Enough of the corpus for every run; the others differ in what they build, not in how they are split. */
const EACH = 5;

const LOGS = cases()
  .filter(({ trace }) => trace.endsWith(".gz"))
  .map(({ truth, trace }) => ({
    id: truth.id,
    log: gunzipSync(readFileSync(trace)).toString("latin1"),
  }))
  // Without a line that makes a process, nothing tells in which order the files of a set were written.
  .filter(({ log }) => /(?:fork|clone3?)\(.* = \d+$/m.test(log) && splitByPid(log, PLAIN) !== null)
  .filter((_, at) => at % EACH === 0);

describe.each(LOGS)("$id", ({ log }) => {
  test.each([true, false])(
    "tells the same as one log and as the files of -ff, with stamps: %s",
    { timeout: 60_000 },
    async (stamped) => {
      const both = splitByPid(log, { stamped });
      if (both === null) return expect(stamped).toBe(true);
      const folder = scratchFolder();
      mkdirSync(join(folder, "set"));
      writeFileSync(join(folder, "whole"), both.whole, "latin1");
      for (const [pid, text] of both.files)
        writeFileSync(join(folder, `set/build.${pid}`), text, "latin1");
      const whole = await inspect([join(folder, "whole")]);
      const set = await inspect([join(folder, "set")]);
      expect(told(set)).toEqual(told(whole));
      expect(set.traces[0]?.tracees).toBe(whole.traces[0]?.tracees);
    },
  );
});

describeWith(["strace", "make", "aarch64-linux-gnu-gcc"], "a build that was traced twice", () => {
  test("with -f and with -ff, has the same findings and groups", { timeout: 120_000 }, async () => {
    const folder = project("make");
    const traces = scratchFolder();
    const reports: Report[] = [];
    for (const flag of ["-f", "-ff"]) {
      const build = scratchFolder();
      cpSync(folder, build, { recursive: true });
      const output = join(traces, `build${flag}`);
      const calls = "trace=%file,%process,%desc";
      const args = [flag, "-y", "-v", "-s", "65535", "-ttt", "-e", calls, "-o", output, "make"];
      execFileSync("strace", args, { cwd: build, stdio: "ignore" });
      reports.push(await inspect([output]));
    }
    const [one, many] = reports.map(({ verdict, groups, findings }) => ({
      verdict,
      groups: groups.map(({ id, severity }) => [id, severity]),
      findings: findings.map(({ fingerprint, severity, count }) => [fingerprint, severity, count]),
    }));
    expect(one?.verdict).toBe("leaks");
    expect(many).toEqual(one);
  });
});
