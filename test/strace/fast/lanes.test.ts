import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { RepeatSink, SyscallSink } from "../../../src/model/syscall-sink.ts";
import { parserFor } from "../../../src/strace/fast/lanes.ts";
import { StraceParser } from "../../../src/strace/parser.ts";
import { compileScanner } from "./scanner-module.ts";

const BUILT = new URL("../../../dist/strace/fast/scan.wasm", import.meta.url);
const nothing = (): void => {};
const SINK: SyscallSink = {
  entered: nothing,
  finished: nothing,
  exited: nothing,
  killed: nothing,
  superseded: nothing,
  attached: nothing,
  detached: nothing,
  lost: nothing,
};

const DIRECT: RepeatSink = {
  ...SINK,
  turnTo: nothing,
  note: nothing,
  waits: () => false,
  pathId: () => 0,
  repeated: () => false,
};

describe("the scanner", () => {
  const built = existsSync(BUILT);
  test.skipIf(!built)(
    `that the build made is current with its source${built ? "" : " (skipped: nothing built yet)"}`,
    async () => {
      expect(Buffer.from(await compileScanner()).equals(readFileSync(BUILT))).toBe(true);
    },
    60_000,
  );
});

describe("the careful lane reads alone", () => {
  test("where no scanner was built beside the sources", () => {
    const sink = { ...SINK, behind: () => DIRECT };
    expect(parserFor({ signatures: new Map(), sink })).toBeInstanceOf(StraceParser);
  });

  test("for a sink that keeps calls", () => {
    expect(parserFor({ signatures: new Map(), sink: SINK })).toBeInstanceOf(StraceParser);
  });

  test("for a file of a set, whose lines have no pids", () => {
    const sink = { ...SINK, behind: () => DIRECT };
    expect(parserFor({ signatures: new Map(), sink, pid: 12 })).toBeInstanceOf(StraceParser);
  });
});
