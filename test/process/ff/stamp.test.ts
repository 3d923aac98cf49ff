import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stampAt } from "../../../src/process/ff/stamp.ts";
import { Leader } from "../../../src/strace/leader.ts";

function timeOf(line: string): number | null {
  return stampAt(Buffer.from(line, "latin1"), 0);
}

describe("the stamp of a line", () => {
  test.each([
    ["12:34:56.000001 close(3) = 0", 45_296.000001],
    ["00:00:09 close(3) = 0", 9],
    ["1700000000.123456 close(3) = 0", 1_700_000_000.123456],
    ["close(3) = 0", null],
    ["     0.000012 close(3) = 0", null],
    ["12:3:56 close(3) = 0", null],
    ["12:34:56.1", null],
    ["4711 close(3) = 0", null],
    ["", null],
  ])("in %j is %s", (line, time) => {
    expect(timeOf(line)).toBe(time);
  });

  test("is what the parser reads there", () => {
    const two = (most: number) =>
      fc.integer({ min: 0, max: most }).map((n) => `${n}`.padStart(2, "0"));
    const clock = fc.tuple(two(23), two(59), two(59)).map((fields) => fields.join(":"));
    const epoch = fc.integer({ min: 100_000_000, max: 9_999_999_999 }).map(String);
    const fraction = fc.integer({ min: 0, max: 999_999 }).map((n) => `.${`${n}`.padStart(6, "0")}`);
    void fc.assert(
      fc.property(fc.oneof(clock, epoch), fc.oneof(fraction, fc.constant("")), (whole, part) => {
        const leader = new Leader();
        leader.read(`${whole}${part} close(3) = 0`, 0);
        expect(timeOf(`${whole}${part} close(3) = 0`)).toBeCloseTo(leader.time ?? Number.NaN, 6);
      }),
    );
  });
});
