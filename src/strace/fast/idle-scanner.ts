import { Scanner } from "./scanner.ts";
import type { WasmModule } from "./web-assembly.ts";

/**
 * A scanner that nobody uses. V8 gives shared memory back late, since it does not count it: a folder of a thousand logs
 * took a gigabyte when each log had a scanner of its own.
 */
let idle: Scanner | null = null;

/** A scanner with nothing in it. */
export function takeScanner(module: WasmModule): Scanner {
  const scanner = idle;
  idle = null;
  if (scanner?.share.module !== module) return new Scanner(module);
  scanner.begin();
  return scanner;
}

/** Gives a scanner back that no thread works with any more. */
export function giveBack(scanner: Scanner): void {
  idle = scanner;
}
