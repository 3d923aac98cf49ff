import { expect, test } from "vitest";
import type { ProcessListener } from "../../src/model/access.ts";
import { PathTable } from "../../src/model/path-table.ts";
import { CALLS } from "../../src/process/calls.ts";
import { MOST_ALIVE } from "../../src/process/crowd.ts";
import { ProcessModel } from "../../src/process/model.ts";
import { StraceParser } from "../../src/strace/parser.ts";

const BORN = MOST_ALIVE * 2;

function* log(): Iterable<string> {
  yield '1 execve("/bin/make", ["make"], 0x1 /* 9 vars */) = 0\n';
  yield "1 clone(child_stack=NULL, flags=SIGCHLD) = 2\n";
  yield '2 execve("/bin/sh", ["sh"], 0x1 /* 9 vars */) = 0\n';
  for (let pid = 3; pid < BORN; pid++) {
    yield `2 clone(child_stack=NULL, flags=SIGCHLD) = ${pid}\n`;
    yield `${pid} openat(AT_FDCWD, "/a", O_RDONLY) = 3\n`;
  }
  yield '1 openat(AT_FDCWD, "/b", O_RDONLY) = 3\n';
}

test("of processes that never end the quietest are forgotten, and not those who wait for children", () => {
  let [alive, most, forgotten] = [0, 0, 0];
  const programs: unknown[] = [];
  const paths = new PathTable();
  const listener: ProcessListener = {
    started: () => {
      alive += 1;
      most = Math.max(most, alive);
    },
    ended: () => {
      alive -= 1;
    },
    forgotten: (tracees) => {
      forgotten += tracees;
    },
    accessed: ({ path, tracee }) => {
      if (paths.text(path) === "/b") programs.push(tracee.program);
    },
  };
  const model = new ProcessModel({ paths, listener });
  const parser = new StraceParser({ signatures: CALLS, sink: model });
  for (const text of log()) parser.write(Buffer.from(text));
  parser.end();
  expect(most).toBeLessThanOrEqual(MOST_ALIVE + 1);
  expect(forgotten).toBeGreaterThan(BORN - MOST_ALIVE - 3);
  expect(programs).toEqual(["/bin/make"]);
});
