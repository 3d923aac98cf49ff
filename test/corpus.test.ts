import { describe, expect, it } from "vitest";
import { inspect } from "../src/inspect.ts";
import type { InspectOptions } from "../src/inspect-options.ts";
import { cases, type Truth } from "./corpus/cases.ts";
import { departures } from "./corpus/compare.ts";

const AGREES = { missed: [], falseErrors: [], noiseInClean: [] };

function zonesOf(truth: Truth): InspectOptions {
  return {
    target: truth.target_triple,
    host: truth.host_triple,
    sysroots: truth.sysroots,
    nativeSysroots: truth.native_sysroots,
    buildDirs: truth.project_dirs,
  };
}

for (const { truth, trace } of cases()) {
  describe(`${truth.id}: ${truth.title}`, () => {
    it("is judged as it was built, with its zones given", async () => {
      const { findings } = await inspect([trace], zonesOf(truth));
      expect(departures(truth, findings)).toEqual(AGREES);
    });

    it("is judged as it was built, with its zones inferred", async () => {
      const { findings } = await inspect([trace]);
      expect(departures(truth, findings)).toEqual(AGREES);
    });
  });
}
