import { spawn, spawnSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { collectSources } from "../../src/input/collect.ts";
import type { TraceSource } from "../../src/model/trace-source.ts";
import { compress, hasProgram, LINE, manyLines, piped, readAll, Workspace } from "./workspace.ts";

let work: Workspace;
beforeEach(() => {
  work = new Workspace();
});
afterEach(() => work.remove());

async function only(...args: string[]): Promise<TraceSource> {
  const [source] = await work.collect(...args);
  if (source === undefined) throw new Error("nothing collected");
  return source;
}

async function stdin(...chunks: readonly Uint8Array[]): Promise<TraceSource> {
  const [source] = await collectSources([], { stdin: piped(...chunks) });
  if (source === undefined) throw new Error("nothing collected");
  return source;
}

const plain = manyLines(3 << 20);

describe("a plain file", () => {
  test("comes whole, in large chunks, and counts its bytes", async () => {
    work.write("a.strace", plain);
    const source = await only("a.strace");
    let chunks = 0;
    let length = 0;
    for await (const chunk of source.open()) {
      chunks += 1;
      length += chunk.length;
      expect(source.consumed).toBe(length);
    }
    expect(length).toBe(plain.length);
    expect(chunks).toBeLessThanOrEqual(Math.ceil(plain.length / (256 << 10)));
    expect(source.damage).toBeNull();
  });

  test("is put where the consumer wants it", async () => {
    work.write("a.strace", plain);
    const memory = new Uint8Array(1 << 20);
    const source = await only("a.strace");
    for await (const chunk of source.open({ room: () => memory.subarray(100) })) {
      expect(chunk.buffer).toBe(memory.buffer);
      expect(chunk.byteOffset).toBe(100);
    }
  });

  test("can be left before its end", async () => {
    work.write("a.strace", plain);
    const source = await only("a.strace");
    for await (const _ of source.open()) break;
    expect(source.consumed).toBeLessThan(plain.length);
  });
});

const CONTAINERS = [
  ["gzip", "gzip"],
  ["zstd", "zstd"],
  ["xz", "xz"],
  ["bzip2", "bzip2"],
] as const;

describe.each(CONTAINERS)("%s", (name, command) => {
  const present = hasProgram(command);
  const title = present ? "" : ` (skipped: no ${command} here)`;
  const packed = present ? compress(command, plain) : Buffer.alloc(0);

  test.skipIf(!present)(
    `is recognised in a file by its first bytes, whatever its name${title}`,
    async () => {
      work.write("build.log", packed);
      const source = await only("build.log");
      expect((await readAll(source)).equals(plain)).toBe(true);
      expect(source.size).toBe(packed.length);
      expect(source.consumed).toBe(packed.length);
      expect(source.damage).toBeNull();
    },
  );

  test.skipIf(!present)(
    `is recognised on a pipe that gives its first bytes one by one${title}`,
    async () => {
      const drops = [...packed.subarray(0, 12)].map((byte) => Uint8Array.of(byte));
      const source = await stdin(...drops, packed.subarray(12));
      expect((await readAll(source)).equals(plain)).toBe(true);
      expect(source.consumed).toBe(packed.length);
      expect(source.damage).toBeNull();
    },
  );

  test.skipIf(!present)(
    `gives what comes before a cut, and says that it was cut${title}`,
    async () => {
      const cut = packed.subarray(0, packed.length * 0.9);
      work.write("cut", cut);
      for (const source of [await only("cut"), await stdin(cut)]) {
        const got = await readAll(source);
        expect(got.length).toBeGreaterThan(plain.length / 4);
        expect(got.length).toBeLessThan(plain.length);
        expect(plain.subarray(0, got.length).equals(got)).toBe(true);
        expect(source.damage).toContain(name);
      }
    },
  );

  test.skipIf(!present)(`gives what comes before a damaged place${title}`, async () => {
    const broken = Buffer.from(packed);
    const place = Math.floor(packed.length * 0.9);
    broken.fill(0xa5, place, place + 64);
    work.write("broken", broken);
    const source = await only("broken");
    const got = await readAll(source);
    expect(got.length).toBeGreaterThan(plain.length / 4);
    expect(source.damage).toContain(name);
  });

  test.skipIf(!present)(`of nothing is an empty input${title}`, async () => {
    work.write("empty", compress(command, Buffer.alloc(0)));
    await expect(readAll(await only("empty"))).rejects.toMatchObject({ code: "input-empty" });
  });

  test.skipIf(!present)(`written in two pieces is read as one${title}`, async () => {
    const [first, second] = [plain.subarray(0, 1 << 20), plain.subarray(1 << 20)];
    work.write("two", Buffer.concat([compress(command, first), compress(command, second)]));
    expect((await readAll(await only("two"))).equals(plain)).toBe(true);
  });

  test.skipIf(!present)(`can be left before its end${title}`, async () => {
    work.write("a", packed);
    for await (const chunk of (await only("a")).open()) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
  });
});

describe("an archive of logs", () => {
  // A tar header has the member's name first and its mark behind 257 bytes.
  const tar = `${"trace.1".padEnd(257, "\0")}ustar  \0`.padEnd(512, "\0") + LINE;

  test.each([
    ["tar", tar],
    ["zip", `PK\x03\x04${LINE}`],
    ["7z", `7z\xbc\xaf\x27\x1c${LINE}`],
  ])("is refused by name, since its lines are in the wrong order: %s", async (name, content) => {
    const bytes = Buffer.from(content, "latin1");
    work.write("a.bin", bytes);
    for (const source of [await only("a.bin"), await stdin(bytes)])
      await expect(readAll(source)).rejects.toMatchObject({
        code: "input-not-strace",
        message: expect.stringContaining(`is a ${name} archive`),
      });
  });

  test("is refused behind gzip as well, and left out of a folder", async () => {
    work.write("d/logs.tar.gz", gzipSync(Buffer.from(tar, "latin1")));
    await expect(readAll(await only("d/logs.tar.gz"))).rejects.toThrow("is a tar archive");
    work.write("d/build.strace", LINE);
    expect(await work.names("d")).toEqual(["d/build.strace"]);
  });
});

describe("a decompressor", () => {
  const { PATH } = process.env;
  afterEach(() => {
    process.env.PATH = PATH;
  });

  test.each([
    ["zstd", "zstd", [0x28, 0xb5, 0x2f, 0xfd, 0, 0, 0, 0, 0, 0]],
    ["xz", "xz-utils", [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 0, 0, 0]],
    ["bzip2", "bzip2", [0x42, 0x5a, 0x68, 0x39, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59]],
  ])("%s that is missing is an error that names the package %s", async (command, debian, magic) => {
    work.write("a", Uint8Array.from(magic));
    process.env.PATH = work.folder;
    for (const source of [await only("a"), await stdin(Uint8Array.from(magic))]) {
      await expect(readAll(source)).rejects.toMatchObject({
        code: "decompressor-missing",
        message: expect.stringContaining(command),
        hint: expect.stringContaining(`apt install ${debian})`),
      });
    }
  });

  test.each(["file", "pipe"])(
    "that is killed ends the input with what it gave before, from a %s",
    async (from) => {
      work.write("zstd", `#!/bin/sh\nprintf '${LINE.trim()}\\n'\nkill -9 $$\n`);
      chmodSync(work.path("zstd"), 0o755);
      const magic = Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd, 1, 2, 3, 4, 5, 6]);
      work.write("a", magic);
      process.env.PATH = `${work.folder}:${PATH}`;
      const source = from === "file" ? await only("a") : await stdin(magic, manyLines(1 << 20));
      expect(String(await readAll(source))).toBe(LINE);
      expect(source.damage).toBe("zstd: ended with SIGKILL");
    },
  );
});

function makeFifo(path: string): number | null {
  return spawnSync("mkfifo", [path]).status;
}

describe("a FIFO", () => {
  test("is waited for until it is written to, and read to its end", async () => {
    const path = work.path("fifo");
    expect(makeFifo(path)).toBe(0);
    const source = await only("fifo");
    expect(source.size).toBeNull();
    const writer = spawn("sh", ["-c", 'sleep 0.3; printf "$1" > "$2"', "sh", LINE.repeat(3), path]);
    expect(String(await readAll(source))).toBe(LINE.repeat(3));
    writer.kill();
  });

  test("that nobody writes to is left when the run is interrupted", async () => {
    expect(makeFifo(work.path("fifo"))).toBe(0);
    const source = await only("fifo");
    const signal = AbortSignal.timeout(100);
    expect((await readAll(source, { signal })).length).toBe(0);
  });
});

describe("an interrupted run", () => {
  test("stops reading a file at the next chunk", async () => {
    work.write("a.strace", plain);
    const abort = new AbortController();
    const source = await only("a.strace");
    let chunks = 0;
    for await (const _ of source.open({ signal: abort.signal })) {
      chunks += 1;
      abort.abort();
    }
    expect(chunks).toBe(1);
    expect(source.damage).toBeNull();
  });

  test("stops waiting for a pipe that has fallen silent", async () => {
    const silent = new Readable({ read() {} });
    silent.push(LINE);
    const [source] = await collectSources([], { stdin: silent });
    const got = await readAll(source as TraceSource, { signal: AbortSignal.timeout(100) });
    expect(String(got)).toBe(LINE);
  });

  test("lets signals through while a large file is read", async () => {
    work.write("a.strace", plain);
    const source = await only("a.strace");
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 30);
    const room = new Uint8Array(256);
    const chunks = source.open({ room: () => room, signal: abort.signal });
    for await (const _ of chunks)
      for (const end = performance.now() + 1; performance.now() < end; );
    expect(source.consumed).toBeLessThan(plain.length);
  });
});
