import { beforeAll, describe, expect, it, vi } from "vitest";
import { Random } from "../../benchmarks/generator/random.ts";
import { inspect, inspectSources } from "../../src/inspect.ts";
import type { Report } from "../../src/model/report.ts";
import type { WasmModule } from "../../src/strace/fast/web-assembly.ts";
import { cases } from "../corpus/cases.ts";
import { splitByPid } from "../determinism/split.ts";
import { memorySource } from "../process/memory-source.ts";
import { scannerModule } from "../strace/fast/scanner-module.ts";
import { repetitiveLog } from "./repetitive-log.ts";

const lane = vi.hoisted((): { scanner: WasmModule | null } => ({ scanner: null }));
vi.mock("../../src/strace/fast/load.ts", () => ({
  loadScanner: () => lane.scanner,
  threading: null,
}));

let scanner: WasmModule;
beforeAll(async () => {
  scanner = await scannerModule();
}, 60_000);

async function reportBy(module: WasmModule | null, judge: () => Promise<Report>): Promise<Report> {
  lane.scanner = module;
  return judge();
}

describe("both lanes report the same, allowed uses included", () => {
  it.each(cases().map(({ truth, trace }) => [truth.id, trace]))("of %s", async (_, trace) => {
    const judge = () => inspect([trace], { show: "allowed" });
    expect(await reportBy(scanner, judge)).toEqual(await reportBy(null, judge));
  });
});

describe("both lanes report the same of logs in which few calls come again and again", () => {
  const SEEDS = Array.from({ length: 12 }, (_, at) => 10 * at + 1);
  it.each(SEEDS)("seeds from %d", async (first) => {
    for (let seed = first; seed < first + 10; seed++) {
      const log = repetitiveLog(new Random(seed), 3000);
      const judge = () => inspectSources([memorySource("strace", log)], { show: "allowed" });
      expect(await reportBy(scanner, judge), `seed ${seed}`).toEqual(await reportBy(null, judge));
    }
  });
});

describe("both lanes report the same of the files of -ff, whose threads share descriptors and folders", () => {
  const SEEDS = Array.from({ length: 12 }, (_, at) => 10 * at + 1001);
  it.each(SEEDS)("seeds from %d", async (first) => {
    for (let seed = first; seed < first + 10; seed++) {
      const log = repetitiveLog(new Random(seed), 1500).toString("latin1");
      for (const stamped of [true, false]) {
        const both = splitByPid(log, { stamped });
        const files = [...(both?.files ?? [])].map(([pid, text]) =>
          memorySource(`strace.${pid}`, Buffer.from(text, "latin1")),
        );
        if (files.length < 2) continue;
        const judge = () => inspectSources(files, { show: "allowed" });
        const report = await reportBy(scanner, judge);
        expect(report, `seed ${seed}`).toEqual(await reportBy(null, judge));
      }
    }
  });
});
