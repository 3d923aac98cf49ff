import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { complaints, type Run } from "./complaints.ts";
import { measure } from "./measure.ts";
import { SHAPES, type Shape } from "./shapes.ts";

const PROGRAM = [
  "--import",
  import.meta.resolve("tsx"),
  fileURLToPath(new URL("../../src/cli.ts", import.meta.url)),
];

describe("in bounded memory, with both leaks around it found, is judged a log of", () => {
  test.each(SHAPES.map((shape) => [`${shape.small} ${shape.unit}: ${shape.name}`, shape] as const))(
    "%s",
    async (_, shape) => {
      const run = { size: shape.small, ...(await measure(PROGRAM, shape, shape.small)) };
      expect([...complaints(shape, [run])]).toEqual([]);
    },
    60_000,
  );
});

describe("a soak complains of", () => {
  const shape = {
    name: "x",
    unit: "x",
    small: 1,
    large: 4,
    most: 100,
    make: () => [],
  } satisfies Shape;
  const found = ["first", "last"].map((header) => ({ path: `/usr/include/${header}.h` }));
  const run = (given: Partial<Run>): Run => ({
    size: 1,
    bytes: 1,
    seconds: 10,
    memory: 50,
    descriptors: 20,
    report: { findings: found, undecided: [] } as unknown as Report,
    ...given,
  });

  test("nothing where time grows with the size", () => {
    expect([...complaints(shape, [run({}), run({ size: 4, seconds: 40 })])]).toEqual([]);
  });

  test.each<[string, Partial<Run>]>([
    ["more memory than allowed", { memory: 101 }],
    ["too many open files", { descriptors: 500 }],
    ["a lost leak", { report: { findings: found.slice(1), undecided: [] } as unknown as Report }],
    ["time that grows faster than the size", { seconds: 160 }],
  ])("%s", (_, given) => {
    expect([...complaints(shape, [run({}), run({ size: 4, seconds: 40, ...given })])]).toHaveLength(
      1,
    );
  });
});
