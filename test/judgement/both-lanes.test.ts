import { beforeAll, describe, expect, it, vi } from "vitest";
import { inspect } from "../../src/inspect.ts";
import type { Report } from "../../src/model/report.ts";
import type { WasmModule } from "../../src/strace/fast/web-assembly.ts";
import { cases } from "../corpus/cases.ts";
import { scannerModule } from "../strace/fast/scanner-module.ts";

const lane = vi.hoisted((): { scanner: WasmModule | null } => ({ scanner: null }));
vi.mock("../../src/strace/fast/load.ts", () => ({
  loadScanner: () => lane.scanner,
  threading: null,
}));

let scanner: WasmModule;
beforeAll(async () => {
  scanner = await scannerModule();
}, 60_000);

async function reportBy(module: WasmModule | null, trace: string): Promise<Report> {
  lane.scanner = module;
  return inspect([trace], { show: "allowed" });
}

describe("both lanes report the same, allowed uses included", () => {
  it.each(cases().map(({ truth, trace }) => [truth.id, trace]))("of %s", async (_, trace) => {
    expect(await reportBy(scanner, trace)).toEqual(await reportBy(null, trace));
  });
});
