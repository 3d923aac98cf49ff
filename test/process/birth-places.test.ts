import { describe, expect, it } from "vitest";
import { CALLS } from "../../src/process/calls.ts";
import { Foresight } from "../../src/process/foresight.ts";
import { ProcessModel } from "../../src/process/model.ts";
import { StraceParser } from "../../src/strace/parser.ts";
import { DescribingListener } from "./describe-processes.ts";

/** The paths that pid 2 opened, in a log where nobody forks. */
function openedBySecond(...log: readonly string[]): readonly string[] {
  const listener = new DescribingListener();
  const opened: string[] = [];
  const model = new ProcessModel({
    paths: listener.paths,
    listener: {
      accessed: ({ tracee, kind, path }) => {
        if (tracee.pid === 2 && kind === "read") opened.push(listener.paths.text(path));
      },
    },
    lenient: true,
  });
  const sink = new Foresight(model);
  const parser = new StraceParser({ signatures: CALLS, sink });
  parser.write(Buffer.from(`${log.join("\n")}\n`));
  parser.end();
  sink.end();
  return opened;
}

const OPEN = '2 openat(AT_FDCWD, "x.c", O_RDONLY) = 3';

describe("a process whose fork the log does not show", () => {
  it("begins in the folder that all others are in", () => {
    const log = ['1 chdir("/w") = 0', OPEN];
    expect(openedBySecond(...log)).toEqual(["/w/x.c"]);
  });

  it("begins who knows where when they are in several", () => {
    const log = ['1 chdir("/w") = 0', '3 chdir("/v") = 0', OPEN];
    expect(openedBySecond(...log)).toEqual([""]);
  });

  it("begins who knows where when the log would not show a chdir", () => {
    const log = ['1 openat(AT_FDCWD</w>, "y", O_RDONLY) = 3</w/y>', OPEN];
    expect(openedBySecond(...log)).toEqual([""]);
  });

  it("may have another root when some of the others do", () => {
    const log = [
      '1 chdir("/w") = 0',
      '3 chroot("/rootfs") = 0',
      '2 openat(AT_FDCWD, "/usr/include/x.h", O_RDONLY) = 3',
    ];
    expect(openedBySecond(...log)).toEqual([""]);
  });

  it("begins where it says it does when forks are shown, and this one is missing", () => {
    const log = ['1 chdir("/w") = 0', "1 clone(flags=SIGCHLD) = 5", OPEN];
    expect(openedBySecond(...log)).toEqual([""]);
  });
});
