import { linkSync, mkdirSync, symlinkSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { collectSources } from "../../src/input/collect.ts";
import { LINE, nothingPiped, piped, readAll, Workspace } from "./workspace.ts";

let work: Workspace;
beforeEach(() => {
  work = new Workspace();
});
afterEach(() => work.remove());

describe("files", () => {
  test("several files keep the order of the arguments", async () => {
    work.write("b.strace", LINE);
    work.write("a.strace", LINE);
    expect(await work.names("b.strace", "a.strace")).toEqual(["b.strace", "a.strace"]);
  });

  test("a file named twice, by another path or by a hard link, is read once", async () => {
    work.write("logs/a.strace", LINE);
    linkSync(work.path("logs/a.strace"), work.path("same.strace"));
    expect(
      await work.names("logs/a.strace", "logs/../logs/a.strace", "same.strace", "logs"),
    ).toEqual(["logs/a.strace"]);
  });

  test("a file whose name ends in a pid gives that pid to lines that carry none", async () => {
    work.write("build.strace.4711", LINE);
    const [source] = await work.collect("build.strace.4711");
    expect(source?.pid).toBe(4711);
    expect(source?.set).toBe(work.path("build.strace"));
    expect(source?.size).toBe(LINE.length);
  });

  test.each([
    ["app.20241122", "a date"],
    ["build.strace.0123", "a number with a leading zero"],
    ["strace.log", "no number"],
    [".123", "no name before the number"],
  ])("%s is a log on its own: it ends in %s", async (name) => {
    work.write(name, LINE);
    const [source] = await work.collect(name);
    expect(source).toMatchObject({ pid: null, set: null });
  });

  test("a compressed member of a set keeps its pid", async () => {
    work.write("build.strace.12.gz", gzipSync(LINE));
    const [source] = await work.collect("build.strace.12.gz");
    expect(source).toMatchObject({ pid: 12, set: work.path("build.strace") });
  });

  test("a symlink that the user names is followed", async () => {
    work.write("real.strace", LINE);
    symlinkSync("real.strace", work.path("link.strace"));
    expect(await work.names("link.strace")).toEqual(["link.strace"]);
  });
});

describe("the NAME of strace -ff -o NAME", () => {
  test("stands for its files, by pid and not by spelling", async () => {
    for (const pid of [1000, 99, 100]) work.write(`build.strace.${pid}`, LINE);
    work.write("build.strace.notes", "x");
    work.write("other.strace.5", LINE);
    expect(await work.names("build.strace")).toEqual([
      "build.strace.99",
      "build.strace.100",
      "build.strace.1000",
    ]);
  });

  test("is the file itself where there is one", async () => {
    work.write("build.strace", LINE);
    work.write("build.strace.99", LINE);
    expect(await work.names("build.strace")).toEqual(["build.strace"]);
  });
});

describe("folders", () => {
  test("give each set and each log on its own, and nothing else", async () => {
    work.write("t/build.strace.20", LINE);
    work.write("t/build.strace.3", LINE);
    work.write("t/test.7", "+++ exited with 0 +++\n");
    work.write("t/whole.log", `12 ${LINE}`);
    work.write("t/libssl.so.3", "\x7fELF\x02\x01");
    work.write("t/main.c", "int main(void) { return f(1); }\n");
    work.write("t/deeper/build.strace.4", LINE);
    expect(await work.names("t")).toEqual([
      "t/whole.log",
      "t/build.strace.3",
      "t/build.strace.20",
      "t/test.7",
    ]);
  });

  test("find compressed logs: gzip by what is in it, others by their names", async () => {
    work.write("t/a.12.gz", gzipSync(LINE));
    work.write("t/notes.gz", gzipSync("nothing of ours\n"));
    work.write("t/b.strace.zst", Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0]));
    work.write("t/image.zst", Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0]));
    expect(await work.names("t")).toEqual(["t/b.strace.zst", "t/a.12.gz"]);
  });

  test("give a first line that is too long to be seen whole the benefit of its execve", async () => {
    work.write("t/x.9", `execve("/bin/sh", ["${"a".repeat(100_000)}"], 0x7ffe /* 3 vars */) = 0\n`);
    expect(await work.names("t")).toEqual(["t/x.9"]);
  });

  test("leave symlinks alone, which lead to what the user did not name", async () => {
    work.write("elsewhere.strace", LINE);
    work.write("t/a.strace", LINE);
    symlinkSync("../elsewhere.strace", work.path("t/b.strace"));
    expect(await work.names("t")).toEqual(["t/a.strace"]);
  });

  test("accept a set some of whose threads wrote nothing", async () => {
    work.write("t/x.1", "");
    work.write("t/x.2", LINE);
    const sources = await work.collect("t");
    expect(sources.map((source) => source.pid)).toEqual([1, 2]);
    expect((await readAll(sources[0] as (typeof sources)[0])).length).toBe(0);
  });

  test("without a trace are an error", async () => {
    work.write("t/readme", "hello\n");
    await expect(work.collect("t")).rejects.toMatchObject({ code: "input-no-traces", exitCode: 3 });
  });

  test("hold a set of ten thousand files without opening them", async () => {
    mkdirSync(work.path("t"));
    for (let pid = 1; pid <= 10_000; pid++) work.write(`t/x.${pid}`, pid === 1 ? LINE : "?");
    const sources = await work.collect("t");
    expect(sources).toHaveLength(10_000);
    expect(sources[9_999]?.pid).toBe(10_000);
  });
});

describe("globs that no shell has expanded", () => {
  beforeEach(() => {
    for (const name of ["x.strace.1", "x.strace.2", "y.strace.3", ".x.strace.4"])
      work.write(`t/${name}`, LINE);
  });

  test.each([
    ["t/x.strace.*", ["t/x.strace.1", "t/x.strace.2"]],
    ["t/?.strace.[2-3]", ["t/x.strace.2", "t/y.strace.3"]],
    ["t/[!x].strace.*", ["t/y.strace.3"]],
    ["*/y.*", ["t/y.strace.3"]],
    ["t/.x*", ["t/.x.strace.4"]],
    ["?", ["t/x.strace.1", "t/x.strace.2", "t/y.strace.3", "t/.x.strace.4"].sort()],
  ])("%s", async (pattern, expected) => {
    expect((await work.names(pattern)).sort()).toEqual(expected);
  });

  test("match a file whose own name holds glob characters first", async () => {
    work.write("a[1].strace", LINE);
    work.write("a1.strace", LINE);
    expect(await work.names("a[1].strace")).toEqual(["a[1].strace"]);
  });

  test("that match nothing are a missing input", async () => {
    await expect(work.collect("t/z*")).rejects.toMatchObject({ code: "input-missing" });
  });

  test("take regular expression characters as they are", async () => {
    work.write("a+(b).strace", LINE);
    expect(await work.names("a+(b).*")).toEqual(["a+(b).strace"]);
  });
});

describe("standard input", () => {
  test("is what - means, once, among files", async () => {
    const path = work.write("a.strace", LINE);
    const sources = await collectSources(["-", path, "-"], { stdin: piped(LINE) });
    expect(sources.map((source) => source.name)).toEqual(["(stdin)", path]);
  });

  test("is read when there is no argument and something is piped in", async () => {
    const sources = await collectSources([], { stdin: piped(LINE, LINE) });
    expect(sources).toHaveLength(1);
    const [source] = sources;
    expect(source?.size).toBeNull();
    expect(String(await readAll(source as (typeof sources)[0]))).toBe(LINE + LINE);
  });

  test("is not waited for at a terminal without arguments", async () => {
    await expect(collectSources([], { stdin: nothingPiped() })).rejects.toMatchObject({
      code: "usage",
    });
  });
});

describe("errors", () => {
  test.each(["nothing.strace", "no/such/folder/x.strace"])("%s is missing", async (name) => {
    await expect(work.collect(name)).rejects.toMatchObject({ code: "input-missing" });
  });

  test("a name below a file is missing, not a crash", async () => {
    work.write("a.strace", LINE);
    await expect(work.collect("a.strace/b")).rejects.toMatchObject({ code: "input-missing" });
  });

  test("an empty file is an error before anything is judged", async () => {
    work.write("full.strace", LINE);
    work.write("empty.strace", "");
    await expect(work.collect("full.strace", "empty.strace")).rejects.toMatchObject({
      code: "input-empty",
    });
  });

  test("a set of nothing but empty files is an empty input", async () => {
    work.write("x.strace.1", "");
    work.write("x.strace.2", "");
    await expect(work.collect("x.strace")).rejects.toMatchObject({ code: "input-empty" });
  });

  test("a symlink that leads to itself cannot be read", async () => {
    symlinkSync("loop", work.path("loop"));
    await expect(work.collect("loop")).rejects.toMatchObject({ code: "input-unreadable" });
  });
});
