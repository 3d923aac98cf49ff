import { appendFileSync, chmodSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { TraceSource } from "../../src/model/trace-source.ts";
import { LINE, manyLines, readAll, Workspace } from "./workspace.ts";

let work: Workspace;
beforeEach(() => {
  work = new Workspace();
});
afterEach(() => work.remove());

async function only(name: string): Promise<TraceSource> {
  const [source] = await work.collect(name);
  if (source === undefined) throw new Error("nothing collected");
  return source;
}

describe("a file that changes while it is read", () => {
  const room = new Uint8Array(64 << 10);

  async function readWith(source: TraceSource, change: () => void): Promise<number> {
    let length = 0;
    for await (const chunk of source.open({ room: () => room })) {
      if (length === 0) change();
      length += chunk.length;
    }
    return length;
  }

  test("ends where it ends after it has shrunk", async () => {
    const path = work.write("a.strace", manyLines(1 << 20));
    const source = await only("a.strace");
    expect(await readWith(source, () => truncateSync(path, 100 << 10))).toBe(100 << 10);
    expect(source.damage).toBeNull();
  });

  test("ends where it ends after it has grown", async () => {
    const path = work.write("a.strace", manyLines(1 << 20));
    const size = (await only("a.strace")).size ?? 0;
    const source = await only("a.strace");
    expect(await readWith(source, () => appendFileSync(path, LINE))).toBe(size + LINE.length);
  });

  test("is missing when it was removed before its turn", async () => {
    const path = work.write("a.strace", LINE);
    const source = await only("a.strace");
    rmSync(path);
    await expect(readAll(source)).rejects.toMatchObject({ code: "input-missing" });
  });

  test("is empty when it was emptied before its turn", async () => {
    const path = work.write("a.strace", LINE);
    const source = await only("a.strace");
    writeFileSync(path, "");
    await expect(readAll(source)).rejects.toMatchObject({ code: "input-empty" });
  });
});

describe("a file without permission", () => {
  /** Runs as a user whom permissions bind, where the tests run as root. */
  async function asNobody(act: () => Promise<void>): Promise<void> {
    const root = process.geteuid?.() === 0;
    if (root) process.seteuid?.(65_534);
    try {
      await act();
    } finally {
      if (root) process.seteuid?.(0);
    }
  }

  beforeEach(() => chmodSync(work.folder, 0o755));

  test("cannot be read, and the error says why", async () => {
    chmodSync(work.write("a.strace", LINE), 0o000);
    await asNobody(async () => {
      await expect(readAll(await only("a.strace"))).rejects.toMatchObject({
        code: "input-unreadable",
        exitCode: 3,
        message: expect.stringContaining("permission denied"),
      });
    });
  });

  test("in a folder that cannot be listed is no missing file", async () => {
    work.write("t/a.strace", LINE);
    chmodSync(work.path("t"), 0o000);
    await asNobody(async () => {
      await expect(work.collect("t")).rejects.toMatchObject({ code: "input-unreadable" });
      await expect(work.collect("t/a.strace")).rejects.toMatchObject({ code: "input-unreadable" });
    });
    chmodSync(work.path("t"), 0o755);
  });

  test("in a folder of traces is not passed over", async () => {
    work.write("t/a.strace", LINE);
    chmodSync(work.write("t/x.strace.12", LINE), 0o000);
    await asNobody(async () => {
      const [, member] = await work.collect("t");
      expect(member?.pid).toBe(12);
      await expect(readAll(member as TraceSource)).rejects.toMatchObject({
        code: "input-unreadable",
      });
    });
  });
});
