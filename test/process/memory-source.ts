import type { TraceSource } from "../../src/model/trace-source.ts";

/** A log in memory, called NAME or, as a member of a `strace -ff` set, NAME.PID. */
export function memorySource(name: string, bytes: Uint8Array): TraceSource {
  const pid = /\.(\d+)$/.exec(name)?.[1];
  return {
    name,
    pid: pid === undefined ? null : Number(pid),
    set: pid === undefined ? null : name.slice(0, -pid.length - 1),
    size: bytes.length,
    consumed: 0,
    damage: null,
    async *open() {
      yield bytes;
    },
  };
}
