import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import type { Threading } from "./fast-parser.ts";
import { ScanAhead } from "./scan-ahead.ts";
import { compileModule, type WasmModule } from "./web-assembly.ts";

let loaded: WasmModule | null | undefined;

/**
 * The scanner that the build compiled beside this module; null where there is none (a run from the sources)
 * or where the machine cannot run it: the careful lane then reads everything.
 */
export function loadScanner(): WasmModule | null {
  if (loaded === undefined) loaded = readScanner();
  return loaded;
}

function readScanner(): WasmModule | null {
  try {
    return compileModule(readFileSync(new URL("./scan.wasm", import.meta.url)));
  } catch {
    return null;
  }
}

/** The thread whose program the build joined beside this module, for logs that take longer than a moment. */
export const threading: Threading = {
  after: 64 << 20,
  // What a pipe holds: it is full where the writer waits for us.
  leastChunk: 64 << 10,
  start({ share, blocks }) {
    if (availableParallelism() < 2) return null;
    try {
      const program = readFileSync(new URL("./scan-thread.cjs", import.meta.url), "utf8");
      return new ScanAhead(program, share, blocks);
    } catch {
      return null;
    }
  },
};
