import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { DIALECTS } from "../../../benchmarks/generator/dialect.ts";
import { KINDS, makeTrace } from "../../../benchmarks/generator/trace.ts";
import type { WasmModule } from "../../../src/strace/fast/web-assembly.ts";
import { heard } from "./heard.ts";
import { scannerModule } from "./scanner-module.ts";

let module: WasmModule;
beforeAll(async () => {
  module = await scannerModule();
}, 60_000);

function expectSame(log: Uint8Array): void {
  const careful = heard(log, null);
  const fast = heard(log, module);
  const first = careful.findIndex((note, at) => note !== fast[at]);
  if (first >= 0)
    expect(fast.slice(first - 1, first + 2)).toEqual(careful.slice(first - 1, first + 2));
  expect(fast.length).toBe(careful.length);
}

describe.each([
  ["the same accesses", false],
  ["the same accesses, told in brief where they come again", true],
])("both lanes lead to %s", (_) => {
  for (const dialect of DIALECTS) {
    test.each(KINDS)(`in a made-up trace of kind %s, dialect ${dialect}`, (kind) => {
      const description = { kind, dialect, bytes: 1_000_000, seed: 11 };
      expectSame(Buffer.concat([...makeTrace(description)]));
    });
  }

  const corpus = fileURLToPath(new URL("../../corpus", import.meta.url));
  const traces = readdirSync(corpus, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith("/trace.strace.gz"),
  );
  test.each(traces)("in the real build %s", (name) => {
    expectSame(gunzipSync(readFileSync(join(corpus, name))));
  });
});
