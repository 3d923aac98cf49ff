import { afterEach, describe, expect, test, vi } from "vitest";
import { Pace } from "../../src/input/pace.ts";
import { manyLines, readAll, Workspace } from "./workspace.ts";

const MIB = 1 << 20;

afterEach(() => vi.restoreAllMocks());

describe("the pace of a file", () => {
  test("is slow when half a second passes for 100 MiB, as from a disk", () => {
    const pace = new Pace();
    for (let mib = 0; mib < 100; mib++) pace.took(MIB, 5);
    expect(pace.isSlow).toBe(true);
  });

  test("is not slow when the page cache gives it, a busy moment included", () => {
    const pace = new Pace();
    pace.took(MIB, 10);
    for (let mib = 0; mib < 100; mib++) pace.took(MIB, 0.15);
    expect(pace.isSlow).toBe(false);
  });

  test("changes nothing of what is read when it is found slow in the middle", async () => {
    const work = new Workspace();
    const plain = manyLines(40 * MIB);
    work.write("long", plain);
    let reads = 0;
    vi.spyOn(Pace.prototype, "isSlow", "get").mockImplementation(() => ++reads > 5);
    const [source] = await work.collect("long");
    const own = new Uint8Array(MIB / 2);
    const bytes = source && (await readAll(source, { room: () => own }));
    expect(bytes?.equals(plain)).toBe(true);
    expect(source?.consumed).toBe(plain.length);
    expect(reads).toBeGreaterThan(5);
    work.remove();
  });
});
