import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { DEAF } from "../../../benchmarks/deaf-sink.ts";
import { parserFor } from "../../../src/strace/fast/lanes.ts";
import { StraceParser } from "../../../src/strace/parser.ts";
import { compileScanner } from "./scanner-module.ts";

const BUILT = new URL("../../../dist/strace/fast/scan.wasm", import.meta.url);
/** A sink that keeps calls says of no pid where its calls may go directly. */
const { behind: _, ...KEEPS } = DEAF;

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
    expect(parserFor({ signatures: new Map(), sink: DEAF })).toBeInstanceOf(StraceParser);
  });

  test("for a sink that keeps calls", () => {
    expect(parserFor({ signatures: new Map(), sink: KEEPS })).toBeInstanceOf(StraceParser);
  });
});
