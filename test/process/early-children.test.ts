import { expect, test } from "vitest";
import { PathTable } from "../../src/model/path-table.ts";
import { CALLS } from "../../src/process/calls.ts";
import { Foresight } from "../../src/process/foresight.ts";
import { ProcessModel } from "../../src/process/model.ts";
import { StraceParser } from "../../src/strace/parser.ts";

/** The pids of the processes that a log has, each as often as one was made. */
function born(...log: readonly string[]): readonly (number | null)[] {
  const pids: (number | null)[] = [];
  const listener = { started: ({ pid }: { pid: number | null }) => void pids.push(pid) };
  const sink = new Foresight(new ProcessModel({ paths: new PathTable(), listener }));
  const parser = new StraceParser({ signatures: CALLS, sink });
  parser.write(Buffer.from(`${log.join("\n")}\n`));
  parser.end();
  sink.end();
  return pids;
}

const BEGUN = "10 clone(child_stack=NULL, flags=SIGCHLD <unfinished ...>";
const OVER = "10 <... clone resumed>) = 12";
const CHILD = ['12 access("a", R_OK) = 0', "12 +++ exited with 0 +++"];

test("a child that is gone before its fork is over is made once", () => {
  expect(born('10 chdir("/w") = 0', BEGUN, ...CHILD, OVER)).toEqual([10, 12]);
});

test("so is one that showed before the whole line of its fork, as with -z", () => {
  expect(born('10 chdir("/w") = 0', ...CHILD, "10 fork() = 12")).toEqual([10, 12]);
});

test("the next child of the same pid is another one", () => {
  expect(born('10 chdir("/w") = 0', BEGUN, ...CHILD, OVER, BEGUN, ...CHILD, OVER)).toEqual([
    10, 12, 12,
  ]);
  expect(born('10 chdir("/w") = 0', BEGUN, ...CHILD, OVER, "10 fork() = 12", ...CHILD)).toEqual([
    10, 12, 12,
  ]);
});

test("a fork that returned no child for all that the log shows hides none of a later one", () => {
  const lost = '10 getcwd("/w", 4096) = 3';
  expect(
    born('10 chdir("/w") = 0', BEGUN, ...CHILD, lost, "10 fork() = 12", CHILD[0] ?? ""),
  ).toEqual([10, 12, 12]);
});
