import type { Finding } from "../model/report.ts";

/** Processors that rustc calls otherwise than binutils does (`rustc --print target-list`). */
const PROCESSORS: ReadonlyMap<string, string> = new Map([
  ["riscv64", "riscv64gc"],
  ["riscv32", "riscv32gc"],
  ["i386", "i686"],
  ["i486", "i586"],
  ["ppc64le", "powerpc64le"],
]);

/**
 * The target as rustc spells it: as cargo named its output folder where the report shows one, else made from the
 * compiler's triple. Null without a target.
 */
export function rustTargetOf(target: string | null, findings: readonly Finding[]): string | null {
  for (const { taints, process } of findings) {
    for (const text of [...taints, ...process.argv]) {
      const named = /\/((?:[a-z]\w*)-[\w-]+)\/(?:debug|release)\//.exec(text)?.[1];
      if (named !== undefined && /-(?:linux|none|unknown)-?/.test(named)) return named;
    }
  }
  if (target === null || !/^[\w.-]+$/.test(target)) return null;
  const [processor = "", ...rest] = target.split("-");
  const abi = /^(?:gnu|musl|uclibc|android)/.test(rest.at(-1) ?? "")
    ? (rest.at(-1) ?? "gnu")
    : "gnu";
  const hard = /^arm/.test(processor) && abi.endsWith("hf");
  return `${hard && processor === "arm" ? "armv7" : (PROCESSORS.get(processor) ?? processor)}-unknown-linux-${abi}`;
}
