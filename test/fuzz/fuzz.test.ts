import { afterAll, describe, expect, test } from "vitest";
import { fuzz } from "./fuzz-target.ts";
import { reduced } from "./reduce.ts";
import { Scratch } from "./scratch.ts";
import { allTargets } from "./targets.ts";

/** Another one each time; `npm run fuzz` is the long form. */
const SEED = Math.floor(Math.random() * 1e9);
const SECONDS = 2;

const scratch = new Scratch();
afterAll(() => scratch.remove());

describe(`hostile input made from seed ${SEED}`, async () => {
  for (const target of await allTargets(scratch)) {
    test(`does no harm to ${target.name}`, async () => {
      const tried = await fuzz(target, { seed: SEED, amount: 20_000, seconds: SECONDS });
      expect(tried.inputs).toBeGreaterThan(0);
    }, 120_000);
  }
});

describe("the fuzzer", () => {
  test("makes the same input of the same seed", async () => {
    for (const { make } of await allTargets(scratch)) {
      expect(make(SEED, 50)).toEqual(make(SEED, 50));
    }
  });

  test("tells the seed, the mistake, and the smallest input that shows it", async () => {
    const target = {
      name: "sample",
      unit: "lines",
      make: () => Buffer.from("a\nb bad c\nd\nbad\n"),
      check: async (input: Buffer) => {
        if (input.includes("bad")) throw new Error("it is bad");
      },
    } as const;
    const failure = fuzz(target, { seed: 7, amount: 1 });
    await expect(failure).rejects.toThrow(
      /^sample, seed 7: Error: it is bad\n[\s\S]*\ninput: "bad"$/,
    );
  });

  test("gives up reducing in time", async () => {
    const input = Buffer.from("x\n".repeat(5000));
    const start = performance.now();
    const fails = async (part: Buffer): Promise<boolean> => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      return part.length === input.length;
    };
    expect(await reduced(input, fails, 0.05)).toEqual(input);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
