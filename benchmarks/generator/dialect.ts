import type { Random } from "./random.ts";

/** How a log is written: what stands before and behind each call. */
export interface Dialect {
  readonly name: DialectName;
  /** `-yy -v` spellings. */
  readonly rich: boolean;
  /** The log is the build's stderr: output and strace's own messages stand in it. */
  readonly shared: boolean;
  leader(pid: number): string;
  tail(): string;
}

export const DIALECTS = ["plain", "rich", "stderr"] as const;
export type DialectName = (typeof DIALECTS)[number];

/** `plain`: -f -o FILE. `rich`: -f -ttt -T -yy -v -o FILE. `stderr`: -f 2>&1. */
export function dialectOf(name: DialectName, random: Random): Dialect {
  if (name === "stderr") {
    return {
      name,
      rich: false,
      shared: true,
      leader: (pid) => `[pid ${String(pid).padStart(5)}] `,
      tail: () => "\n",
    };
  }
  if (name === "plain") {
    return {
      name,
      rich: false,
      shared: false,
      leader: (pid) => `${String(pid).padEnd(5)} `,
      tail: () => "\n",
    };
  }
  let microseconds = 1_795_325_746_000_000;
  return {
    name,
    rich: true,
    shared: false,
    leader: (pid) => {
      microseconds += 1 + random.below(90);
      const seconds = Math.floor(microseconds / 1e6);
      return `${String(pid).padEnd(5)} ${seconds}.${String(microseconds % 1e6).padStart(6, "0")} `;
    },
    tail: () => ` <0.0000${10 + random.below(80)}>\n`,
  };
}
