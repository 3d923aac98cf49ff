/** 32-bit fields of a record that the scanner leaves for a line; `wasm/scan.as.ts` writes them. */
export const FIELD = {
  kind: 0,
  pid: 1,
  /** Number of the text of the call. */
  call: 2,
  /** Number of what stands behind the result; 0 for nothing. */
  tail: 3,
  resultLow: 4,
  resultHigh: 5,
  /** Addresses of the line and of its newline. */
  line: 6,
  stop: 7,
  /** Lines of this block up to and with this one. */
  lines: 8,
  /** Calls of this block so far that left no record. */
  dull: 9,
} as const;

/** How many fields a record has, some of them unused. */
export const RECORD_FIELDS = 12;

/** The head of a block, in the place of a record before its first: what one scan read. */
export const HEAD = {
  /** Number of records. */
  count: 0,
  /** Addresses of the first line, and of the first line behind. */
  from: 1,
  end: 2,
  lines: 3,
  /** Calls that left no record. */
  dull: 4,
  /** 1 when nothing was read, for want of room for new texts. */
  full: 5,
} as const;

/** What a line is to the scanner; `dirty` ones hold control characters. */
export const KIND = {
  careful: 0,
  whole: 1,
  begun: 2,
  resumed: 3,
  dirty: 5,
  /** A call that never returned, such as exit_group. */
  unreturned: 6,
  /** `+++ exited with 0 +++`; the status is the result. */
  exited: 7,
} as const;

/** What the scanner is told of a name; names that it is not told of are only counted. */
export const NAME = { read: 2, content: 3, careful: 4, struct: 5 } as const;

const HIGH = 2 ** 32;

/** The number that the call returned. */
export function resultOf(records: Int32Array, at: number): number {
  const low = records[at + FIELD.resultLow] ?? 0;
  const high = records[at + FIELD.resultHigh] ?? 0;
  return high === 0 && low >= 0 ? low : high * HIGH + (low >>> 0);
}

/** True for a result of -1. */
export function hasFailed(records: Int32Array, at: number): boolean {
  return records[at + FIELD.resultLow] === -1 && records[at + FIELD.resultHigh] === -1;
}
