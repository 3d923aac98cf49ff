import { describe, expect, test } from "vitest";
import { survey } from "../../../src/process/ff/survey.ts";
import type { ParserFactory } from "../../../src/process/read-trace.ts";
import { StraceParser } from "../../../src/strace/parser.ts";
import { memorySource } from "../memory-source.ts";

/** More lines than a survey reads of a file that tells nothing. */
const MANY = 'access("/usr/include/zlib.h", R_OK) = 0\n'.repeat(1000);
const EXEC = `execve("/bin/sh", ["sh", "-c", "${"x".repeat(9000)}"], 0x7f /* 9 vars */) = 0\n`;

describe("A survey of the files of strace -ff", () => {
  async function surveyed(files: Readonly<Record<string, string | Buffer>>) {
    let lines = 0;
    const parserFor: ParserFactory = (sink, source, signatures) => {
      const parser = new StraceParser({ signatures, sink, pid: source.pid });
      return {
        counts: parser.counts,
        times: parser.times,
        write: (chunk) => parser.write(chunk),
        end() {
          parser.end();
          lines += parser.counts.lines;
        },
      };
    };
    const set = Object.entries(files).map(([pid, log]) =>
      memorySource(`log.${pid}`, Buffer.from(log as string)),
    );
    return { ...(await survey(set, { parserFor, signatures: new Map() })), lines };
  }

  test("finds a fork and a chdir that stand behind a thousand lines", async () => {
    const clone = "clone(child_stack=0x7f, flags=CLONE_VM|CLONE_FS|CLONE_THREAD) = 11\n";
    const { born, restless } = await surveyed({
      10: MANY + clone + MANY,
      11: `${MANY}fchdir(3) = 0\n`,
    });
    expect([...born]).toEqual([11]);
    expect([...restless].sort()).toEqual([10, 11]);
  });

  test("finds a fork in a log of UTF-16", async () => {
    const { born } = await surveyed({ 10: Buffer.from(`\ufeff${MANY}vfork() = 11\n`, "utf16le") });
    expect([...born]).toEqual([11]);
  });

  test("reads no more than its first lines of a file that says nothing of forks and folders", async () => {
    const { files, lines } = await surveyed({ 10: MANY, 11: EXEC + MANY });
    expect(files.map(({ pid }) => pid)).toEqual([10, 11]);
    expect(lines).toBeLessThan(200);
  });

  test("has the stamps of each file, behind a first line of any length", async () => {
    const stamped = (log: string, from: number) =>
      log.replace(/^(?=.)/gm, () => `${1_700_000_000 + from++}.25 `);
    const { files, timed } = await surveyed({
      10: stamped(EXEC + MANY, 0),
      11: stamped(MANY, 60),
    });
    expect(timed).toBe(true);
    expect(files.map(({ start }) => start)).toEqual([1_700_000_000.25, 1_700_000_060.25]);
  });
});
