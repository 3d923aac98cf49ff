import { readFileSync } from "node:fs";

/**
 * Offset of an open file, as the kernel shows it (proc(5), fdinfo): moved by every process that shares the
 * description, such as a decompressor that got it as its stdin. Null on a system without /proc.
 */
export function descriptorPosition(fd: number): number | null {
  try {
    const shown = readFileSync(`/proc/self/fdinfo/${fd}`, "latin1");
    return Number.parseInt(shown.slice("pos:".length), 10);
  } catch {
    return null;
  }
}
