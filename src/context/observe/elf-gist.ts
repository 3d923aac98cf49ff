import type { ByteString } from "../../model/byte-string.ts";
import { MACHINES, type Machine } from "../../model/machine.ts";
import { machineOfElf } from "../names/machines.ts";

/** The first read of glibc's ld.so and dlopen, and of musl's; no linker asks for either. */
const LOADER_READS: ReadonlySet<number | null> = new Set([832, 960]);
const ELF = "\x7fELF";

/** All that the beginning of a file tells, as one number: for which machine it is, and whether a loader reads it. */
export function gistOf(content: ByteString, size: number | null): number {
  if (!content.startsWith(ELF)) return 0;
  const machine = machineOfElf(content);
  const number = machine === null ? 0 : MACHINES.indexOf(machine) + 1;
  return number * 2 + (LOADER_READS.has(size) ? 1 : 0);
}

/** The machine that a file is for; null where its beginning does not tell. */
export function machineOfGist(gist: number): Machine | null {
  return MACHINES[(gist >> 1) - 1] ?? null;
}

/** True when the dynamic loader reads the file. */
export function isLoad(gist: number): boolean {
  return (gist & 1) === 1;
}
