import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { compileModule, type WasmModule } from "../../../src/strace/fast/web-assembly.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** Compiles the scanner as `npm run build` does. */
export async function compileScanner(): Promise<Uint8Array> {
  const { default: asc } = await import("assemblyscript/asc");
  let binary: Uint8Array | null = null;
  const { error, stderr } = await asc.main(
    [
      "--config",
      join(ROOT, "src/strace/fast/asconfig.json"),
      "--target",
      "release",
      "--baseDir",
      ROOT,
    ],
    {
      writeFile(_name: string, content: string | Uint8Array) {
        if (typeof content !== "string") binary = content;
      },
    },
  );
  if (error !== null || binary === null) throw error ?? new Error(stderr.toString());
  return binary;
}

let module: Promise<WasmModule> | null = null;

/** The scanner of the source as it stands, compiled once for a test file. */
export function scannerModule(): Promise<WasmModule> {
  module ??= compileScanner().then((bytes) => {
    const compiled = compileModule(bytes);
    if (compiled === null) throw new Error("this machine has no WebAssembly SIMD");
    return compiled;
  });
  return module;
}
