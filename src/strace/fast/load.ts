import { readFileSync } from "node:fs";
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
