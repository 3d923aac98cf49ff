import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { inspect } from "../src/inspect.ts";
import { scratchFolder } from "./commands/harness.ts";
import { cases } from "./corpus/cases.ts";
import { departures } from "./corpus/compare.ts";
import { DIALECTS } from "./corpus/dialects.ts";

// Sets of -ff are what they are.
const logs = cases().filter(({ trace }) => statSync(trace).isFile());

DIALECTS.forEach(({ name, keepsAll, rewrite }, turn) => {
  describe(`a build whose log has ${name}`, () => {
    const chosen = logs.filter((_, at) => at % DIALECTS.length === turn);
    it.each(chosen)(`is judged no worse: $truth.id`, async ({ truth, trace }) => {
      const packed = readFileSync(trace);
      const log = rewrite(gunzipSync(packed).toString("latin1"));
      const file = join(scratchFolder(), "build.strace");
      writeFileSync(file, log, "latin1");
      const { findings } = await inspect([file]);
      const { missed, ...wrong } = departures(truth, findings);
      expect(wrong).toEqual({ falseErrors: [], noiseInClean: [] });
      if (keepsAll) expect(missed).toEqual([]);
    });
  });
});
