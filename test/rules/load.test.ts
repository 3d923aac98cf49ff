import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { HostbleedError } from "../../src/model/errors.ts";
import { builtInPacks, loadRulePacks } from "../../src/rules/index.ts";
import { PACK_SIZE_LIMIT } from "../../src/rules/parse-pack.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "packs-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string | Buffer): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

function packText(name: string): string {
  return `pack: ${name}
format: 1
title: t
rules: [{ id: a, title: t, severity: note, when: { zone: host }, why: w, fix: f }]
`;
}

async function failure(sources: readonly string[]): Promise<HostbleedError> {
  const error = await loadRulePacks(sources).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(HostbleedError);
  expect((error as HostbleedError).code).toBe("rule-pack");
  return error as HostbleedError;
}

describe("a source is", () => {
  test("the name of a built-in pack, with its examples", async () => {
    const [pack] = await loadRulePacks(["libssl"]);
    expect(pack).toMatchObject({ name: "libssl", builtIn: true });
    expect(pack?.examples.length).toBeGreaterThan(0);
  });

  test("a file, whose pack is the user's", async () => {
    const [pack] = await loadRulePacks([write("mine.yaml", packText("mine"))]);
    expect(pack).toMatchObject({ name: "mine", builtIn: false, source: join(folder, "mine.yaml") });
  });

  test("a folder, whose drafts and other files stay out", async () => {
    write("b.yaml", packText("b"));
    write("a.yml", packText("a"));
    write("_draft.yaml", "not: [yaml");
    write("notes.txt", "no pack");
    expect((await loadRulePacks([folder])).map(({ name }) => name)).toEqual(["a", "b"]);
  });

  test("given twice and loaded once", async () => {
    const file = write("mine.yaml", packText("mine"));
    expect(await loadRulePacks([file, folder])).toHaveLength(1);
  });
});

describe("the error says", () => {
  test("which packs there are, when a name is unknown", async () => {
    const { message, hint } = await failure(["libsll"]);
    expect(message).toBe("libsll: no such file, folder or built-in pack");
    expect(hint).toContain("libssl");
  });

  test("file, line and column of every problem, twenty at most", async () => {
    const file = write(
      "bad.yaml",
      `pack: x\nformat: 1\ntitle: t\nrules:\n${"  - {}\n".repeat(10)}`,
    );
    const lines = (await failure([file])).message.split("\n");
    expect(lines[0]).toBe(`${file}:5:5: rules.0.id: missing, expected text`);
    expect(lines).toHaveLength(21);
    expect(lines.at(-1)).toBe(`${file}: and 20 more`);
  });

  test("that two packs have one name", async () => {
    const first = write("1.yaml", packText("mine"));
    const second = write("2.yaml", packText("mine"));
    expect((await failure([first, second])).message).toContain(
      `${second}:1:1: pack: expected a name of its own`,
    );
  });

  test("that a file is too large", async () => {
    const file = write("large.yaml", "#".repeat(PACK_SIZE_LIMIT + 1));
    expect((await failure([file])).message).toContain(`expected at most ${PACK_SIZE_LIMIT} bytes`);
  });

  test("that a file is no UTF-8", async () => {
    expect((await failure([write("latin.yaml", Buffer.from([0x70, 0xff]))])).message).toContain(
      "expected UTF-8",
    );
  });

  test("that a folder holds no packs", async () => {
    mkdirSync(join(folder, "empty"));
    expect((await failure([join(folder, "empty")])).message).toContain("holds no *.yaml");
  });

  test("nothing of a stack, when a path is too long to be one", async () => {
    expect((await failure(["x/".repeat(5000)])).message).toContain("too long");
  });

  test("nothing of a stack, when a symlink of a folder leads nowhere", async () => {
    symlinkSync("nowhere", join(folder, "gone.yaml"));
    expect((await failure([folder])).message).toBe(
      `${join(folder, "gone.yaml")}: no such file or folder`,
    );
  });

  test("nothing of a stack, when a folder ends in .yaml", async () => {
    mkdirSync(join(folder, "odd.yaml"));
    expect((await failure([folder])).message).toContain("odd.yaml");
  });
});

test("the built-in packs hold the three that were asked for first", async () => {
  const names = (await builtInPacks()).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["libssl", "pkgconfig", "asm-headers"]));
});
