import type { Interruption } from "./interruption.ts";

/** How a consumer wants the bytes of a {@link TraceSource}. */
export interface ReadOptions {
  /**
   * Where the next chunk should be put, asked before each read (64 KiB or more for speed). Sources that read a file
   * or a pipe themselves put the bytes there, which saves a copy; the others bring memory of their own.
   */
  readonly room?: () => Uint8Array;
  /** How many plain bytes to pass over, for a source that is opened again where it was left; default 0. */
  readonly from?: number;
  /** Ends the input early: what came until then has been delivered. */
  readonly signal?: Interruption;
}

/** One log, opened when it is read and not before: a folder may hold ten thousand. */
export interface TraceSource {
  /** What reports call it: the path as given, `(stdin)` for standard input. */
  readonly name: string;
  /** Pid of the lines that carry none: the `.1234` of a `strace -ff` file. Null when only the log can tell. */
  readonly pid: number | null;
  /** The `-o NAME` that this file and its siblings of one `strace -ff` share; null for a log on its own. */
  readonly set: string | null;
  /** Bytes that the file holds (compressed ones, where it is compressed); null for a pipe. */
  readonly size: number | null;
  /** How many of these bytes have been read so far. */
  readonly consumed: number;
  /** Why the input ended before its end (cut or damaged container, read error); null while all is well. */
  readonly damage: string | null;
  /**
   * The decompressed bytes, in order, once. A chunk is valid until the next one is asked for.
   * @throws HostbleedError `input-missing`, `input-unreadable`, `input-empty`, `decompressor-missing`
   */
  open(options?: ReadOptions): AsyncIterable<Uint8Array>;
}
