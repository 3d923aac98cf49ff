import { describe, expect, test } from "vitest";
import { Frames } from "../../../src/strace/fast/frames.ts";

describe("The frame of a call", () => {
  test("is found again around another path", () => {
    const frames = new Frames();
    expect(frames.look('openat(AT_FDCWD, "/a", O_RDONLY)')).toBeUndefined();
    frames.learn(64);
    expect(frames.look('openat(AT_FDCWD, "/b/c.h", O_RDONLY)')).toBe(64);
    expect(frames.path).toBe("/b/c.h");
    expect(frames.look('openat(AT_FDCWD, "/a", O_WRONLY)')).toBeUndefined();
  });

  test.each([
    ["no string", "close(3)"],
    ["an empty string", 'newfstatat(3, "", {}, AT_EMPTY_PATH)'],
    ["two strings", 'readlink("/a", "/b", 4096)'],
    ["a quote in its string", String.raw`access("/a\"b", R_OK)`],
    ["an escape", String.raw`access("/a\303", R_OK)`],
    ["what may be an omission", 'access("/a/0x", R_OK)'],
    ["no end", 'access("/a'],
  ])("is none of a text with %s", (_, text) => {
    const frames = new Frames();
    for (let time = 0; time < 2; time++) {
      expect(frames.look(text)).toBeUndefined();
      frames.learn(8);
    }
  });

  test("is forgotten with the numbers of the texts", () => {
    const frames = new Frames();
    frames.look('access("/a", R_OK)');
    frames.learn(8);
    frames.forget();
    expect(frames.look('access("/a", R_OK)')).toBeUndefined();
  });
});
