/** A compiled WebAssembly module: `@types/node` has no types for them, and those of the DOM bring the DOM. */
export interface WasmModule {
  readonly [Symbol.toStringTag]: "WebAssembly.Module";
}

interface WasmApi {
  readonly Module: new (bytes: Uint8Array) => WasmModule;
  readonly Instance: new (module: WasmModule) => { readonly exports: unknown };
  validate(bytes: Uint8Array): boolean;
}

const { WebAssembly } = globalThis as unknown as {
  readonly WebAssembly?: WasmApi;
};

/** Compiles a module; null on a machine without WebAssembly or without its vectors. */
export function compileModule(bytes: Uint8Array): WasmModule | null {
  return WebAssembly?.validate(bytes) ? new WebAssembly.Module(bytes) : null;
}

/** What an instance of the module exports. */
export function exportsOf(module: WasmModule): unknown {
  return WebAssembly === undefined ? null : new WebAssembly.Instance(module).exports;
}
