/** One file of bytes that holds a trace, or standard input: what the input stage finds and the strace stage reads. */
export interface TraceSource {
  /** As reports call it: the path that the user gave, `-` for standard input. */
  readonly name: string;
  /** The tracee whose lines these are, for a file of a `strace -ff` set (`NAME.PID`); else null. */
  readonly pid: number | null;
  /** What the files of one `strace -ff` set have in common (NAME); null for a log of its own. */
  readonly set: string | null;
  /** Bytes as stored; null where that is not known beforehand. */
  readonly size: number | null;
  /** The bytes, decompressed. May be called more than once, except for standard input. */
  open(): AsyncIterable<Uint8Array>;
}
