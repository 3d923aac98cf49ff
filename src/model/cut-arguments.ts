import type { Tracee } from "./tracee.ts";

type Arguments = Pick<Tracee, "argv" | "argvTruncated">;

/**
 * The length of the arguments that `strace -s N` may have cut, which they do not show themselves; Infinity where none
 * is cut. strace cuts strings to N bytes and lists to N elements: N is no less than either.
 */
export function cutLength({ argv, argvTruncated }: Arguments): number {
  if (!argvTruncated || argv === null) return Number.POSITIVE_INFINITY;
  const longest = longestOf(argv);
  return longest < argv.length ? Number.POSITIVE_INFINITY : longest;
}

/** True when `strace -s N` may have left arguments out behind those that are known: there are N of them. */
export function mayLackWords({ argv, argvTruncated }: Arguments): boolean {
  return argvTruncated && argv !== null && longestOf(argv) <= argv.length;
}

function longestOf(argv: readonly string[]): number {
  return argv.reduce((most, { length }) => Math.max(most, length), 0);
}
