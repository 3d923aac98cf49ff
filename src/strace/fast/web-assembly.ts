/** A compiled WebAssembly module: `@types/node` has no types for them, and those of the DOM bring the DOM. */
export interface WasmModule {
  readonly [Symbol.toStringTag]: "WebAssembly.Module";
}

/** Memory that threads share. */
export interface WasmMemory {
  readonly buffer: SharedArrayBuffer;
}

interface WasmApi {
  readonly Module: new (bytes: Uint8Array) => WasmModule;
  readonly Memory: new (limits: object) => WasmMemory;
  readonly Instance: new (module: WasmModule, imports: object) => { readonly exports: unknown };
  validate(bytes: Uint8Array): boolean;
}

/** In pages of 64 KiB: what `asconfig.json` says that the module asks for. */
const LIMITS = { initial: 4, maximum: 1024, shared: true };

const { WebAssembly } = globalThis as unknown as {
  readonly WebAssembly?: WasmApi;
};

/** Compiles a module; null on a machine without WebAssembly or without its vectors. */
export function compileModule(bytes: Uint8Array): WasmModule | null {
  return WebAssembly?.validate(bytes) ? new WebAssembly.Module(bytes) : null;
}

export function newMemory(): WasmMemory {
  return new (present().Memory)(LIMITS);
}

/** What an instance of the module exports that works on this memory. */
export function instanceOn(module: WasmModule, memory: WasmMemory): unknown {
  return new (present().Instance)(module, { env: { memory } }).exports;
}

function present(): WasmApi {
  if (WebAssembly === undefined) throw new Error("a module without WebAssembly");
  return WebAssembly;
}
