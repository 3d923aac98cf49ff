import { closeSync, openSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { recogniseContainer } from "../../src/input/container.ts";
import { readAhead } from "../../src/input/read-ahead.ts";
import type { ReadOptions } from "../../src/model/trace-source.ts";
import { threadProgram } from "../thread-program.ts";
import { compress, hasProgram, manyLines, Workspace } from "./workspace.ts";

/** More than the ring between the threads holds. */
const plain = manyLines(9 << 20);

let program: string;
beforeAll(async () => {
  program = await threadProgram("input/read-thread");
}, 60_000);

let work: Workspace;
beforeEach(() => {
  work = new Workspace();
});
afterEach(() => work.remove());

/** What came of a compressed file, how far it was read, and what was wrong with it. */
async function read(packed: Uint8Array, text: string | null, options: ReadOptions = {}, most = 0) {
  const fd = openSync(work.write("packed", packed), "r");
  const reading = { consumed: 0, damage: null };
  const container = recogniseContainer(packed);
  const pieces: Buffer[] = [];
  try {
    for await (const piece of readAhead(text, container, fd, reading, options)) {
      pieces.push(Buffer.from(piece));
      if (pieces.length === most) break;
    }
  } finally {
    closeSync(fd);
  }
  return { ...reading, bytes: Buffer.concat(pieces) };
}

const present = hasProgram("zstd");
const title = present ? "" : " (skipped: no zstd here)";

describe("a thread that reads", () => {
  test("gives the same bytes as none, of several members too", async () => {
    const half = plain.length / 2;
    const members = [plain.subarray(0, half), plain.subarray(half)].map((part) => gzipSync(part));
    const packed = Buffer.concat(members);
    for (const text of [program, null]) {
      const { bytes, consumed, damage } = await read(packed, text);
      expect(bytes.equals(plain)).toBe(true);
      expect(consumed).toBe(packed.length);
      expect(damage).toBeNull();
    }
  });

  test.skipIf(!present)(`gives what a program of the system makes${title}`, async () => {
    const packed = compress("zstd", plain);
    const { bytes, consumed, damage } = await read(packed, program);
    expect(bytes.equals(plain)).toBe(true);
    expect(consumed).toBe(packed.length);
    expect(damage).toBeNull();
  });

  test("gives a plain file from where somebody else has stopped", async () => {
    for (const text of [program, null]) {
      const { bytes, consumed } = await read(plain, text, { from: 1000 });
      expect(bytes.equals(plain.subarray(1000))).toBe(true);
      expect(consumed).toBe(plain.length - 1000);
    }
  });

  test("gives what comes before a cut, and says that it was cut", async () => {
    const { bytes, damage } = await read(gzipSync(plain).subarray(0, -100_000), program);
    expect(bytes.length).toBeGreaterThan(plain.length / 2);
    expect(plain.subarray(0, bytes.length).equals(bytes)).toBe(true);
    expect(damage).toContain("gzip");
  });

  test("has ended when the file is left in its middle", async () => {
    const { bytes, consumed } = await read(gzipSync(plain), program, {}, 1);
    expect(bytes.length).toBeLessThan(plain.length);
    expect(consumed).toBeLessThan(gzipSync(plain).length);
  });

  test("stops for a signal", async () => {
    const aborted = new AbortController();
    aborted.abort();
    const { bytes, damage } = await read(gzipSync(plain), program, { signal: aborted.signal });
    expect(bytes).toHaveLength(0);
    expect(damage).toBeNull();
  });

  test("says which program lacks", async () => {
    const { PATH } = process.env;
    process.env.PATH = work.folder;
    const magic = Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0, 0, 0, 0, 0]);
    const failure = await read(magic, program).catch((error: unknown) => error);
    process.env.PATH = PATH;
    expect(failure).toMatchObject({
      code: "decompressor-missing",
      hint: expect.stringContaining("apt install zstd)"),
    });
  });

  test("that dies is an error, or damage where something came before", async () => {
    await expect(read(gzipSync(plain), "throw new Error('no')")).rejects.toThrow("no");
    const dying = program.replace("consumed[0] = reading", "if (consumed[0]) process.exit(); $&");
    expect(dying).not.toBe(program);
    const { bytes, damage } = await read(gzipSync(plain), dying);
    expect(plain.subarray(0, bytes.length).equals(bytes)).toBe(true);
    expect(damage).toBe("the thread that reads has stopped");
  });
});
