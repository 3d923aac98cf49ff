import { expect, test } from "vitest";
import { EventLines } from "../../src/commands/event-lines.ts";
import type { Syscall } from "../../src/model/syscall.ts";

const DONE = { pending: false, errno: null } as Syscall;
const FAILED = { pending: false, errno: "ENOENT" } as Syscall;
const LOST = { pending: true, errno: null } as Syscall;

function printed(...calls: readonly Syscall[]): string {
  const lines = new EventLines();
  for (const [at, call] of calls.entries()) lines.add(call, `${at}${call.pending ? "?" : ""} `);
  lines.end();
  return lines.take(0);
}

test("a log of successes alone lists no call whose end it lost", () => {
  const calls = [LOST, ...Array<Syscall>(200).fill(DONE), LOST, DONE];
  expect(printed(...calls)).not.toContain("?");
  expect(
    printed(...calls)
      .trim()
      .split(" "),
  ).toHaveLength(201);
});

test("a log with failures lists such calls in their places", () => {
  expect(printed(DONE, LOST, FAILED, LOST, DONE)).toBe("0 1? 2 3? 4 ");
});

test("a short log lists them too: it may show no failure because there was none", () => {
  expect(printed(DONE, LOST, DONE)).toBe("0 1? 2 ");
});

test("a failure that shows late makes it a log of all calls from there on", () => {
  const calls = [...Array<Syscall>(150).fill(DONE), LOST, FAILED, LOST];
  expect(printed(...calls)).toMatch(/ 149 151 152\? $/);
});

test("what no half call stands before is printed at once, and nothing waits for a second", () => {
  const lines = new EventLines();
  lines.add(DONE, "0 ");
  expect(lines.take(0)).toBe("0 ");
  lines.add(LOST, "1? ");
  lines.add(DONE, "2 ");
  expect(lines.take(10)).toBe("");
  expect(lines.take(500)).toBe("2 ");
  lines.add(DONE, "3 ");
  expect(lines.take(600)).toBe("");
  lines.add(FAILED, "4 ");
  expect(lines.take(700)).toBe("1? 3 4 ");
});
