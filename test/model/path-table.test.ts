import { describe, expect, it } from "vitest";
import { PathTable, UNKNOWN_PATH } from "../../src/model/path-table.ts";

describe("a table of paths that is full", () => {
  const full = (): PathTable => {
    const table = new PathTable(3);
    for (const name of ["a", "b", "c"]) table.intern(`/build/${name}`);
    return table;
  };

  it("leaves a new path of the build unknown, and counts it", () => {
    const table = full();
    expect(table.intern("/build/d")).toBe(UNKNOWN_PATH);
    expect(table.omitted).toBe(1);
  });

  it("still knows the paths that it has", () => {
    const table = full();
    expect(table.text(table.intern("/build/b"))).toBe("/build/b");
    expect(table.omitted).toBe(0);
  });

  it("still takes files of the host, which are what leaks", () => {
    const table = full();
    expect(table.text(table.intern("/usr/lib/libssl.so"))).toBe("/usr/lib/libssl.so");
  });

  it("takes no more of these either than it took of all", () => {
    const table = full();
    for (const name of ["x", "y", "z"]) table.intern(`/usr/${name}`);
    expect(table.intern("/usr/w")).toBe(UNKNOWN_PATH);
  });
});
