/** What makes a parsed trace less sure. Counted by the parser, shown in the report. */
export interface TraceCounts {
  bytes: number;
  lines: number;
  syscalls: number;
  /** Lines that are no strace output: program output, noise. */
  unparsedLines: number;
  /** Calls that another program's output or an `attached` message had torn, and that were put together again. */
  tornLines: number;
  /** Halves whose other half is missing. */
  lostHalves: number;
  /** The log ends inside of a line, or its container (gzip, zstd, xz) ends early. */
  truncated: boolean;
}

/** Counts of a trace of which nothing was read. */
export function noCounts(): TraceCounts {
  return {
    bytes: 0,
    lines: 0,
    syscalls: 0,
    unparsedLines: 0,
    tornLines: 0,
    lostHalves: 0,
    truncated: false,
  };
}
