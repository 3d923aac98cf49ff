import { setTimeout as passed } from "node:timers/promises";
import { expect, test } from "vitest";
import { withSilence } from "../../src/process/with-silence.ts";

async function* after(...waits: readonly number[]): AsyncGenerator<number> {
  for (const [index, wait] of waits.entries()) {
    await passed(wait);
    yield index;
  }
}

async function all(source: AsyncIterable<number>): Promise<readonly number[]> {
  const found: number[] = [];
  for await (const item of source) found.push(item);
  return found;
}

test("a source that pauses is noticed, and all of it is passed on", async () => {
  let silences = 0;
  const source = withSilence(after(0, 200, 0), 40, async () => {
    silences += 1;
  });
  expect(await all(source)).toEqual([0, 1, 2]);
  expect(silences).toBe(1);
});

test("a source that never pauses is left alone", async () => {
  let silences = 0;
  const source = withSilence(after(0, 0, 0), 5000, async () => {
    silences += 1;
  });
  expect(await all(source)).toEqual([0, 1, 2]);
  expect(silences).toBe(0);
});

test("what fails in the silence is thrown when the next comes", async () => {
  const source = withSilence(after(0, 200, 0), 20, () => Promise.reject(new Error("in silence")));
  await expect(all(source)).rejects.toThrow("in silence");
});

test("a source that is left is closed", async () => {
  let closed = false;
  async function* endless(): AsyncGenerator<number> {
    try {
      for (;;) yield 1;
    } finally {
      closed = true;
    }
  }
  for await (const _ of withSilence(endless(), 1000, async () => {})) break;
  expect(closed).toBe(true);
});
