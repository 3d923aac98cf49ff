import { byte, firstBytes, isDigit, isNameStart, mix } from "./bytes.as";

/** What a name is: 0 is none. Calls that nobody asked for are learnt; the others are told, see `NAME` in records.ts. */
export const DULL: u32 = 1;
export const READ: u32 = 2;
/** Reads and writes of file content. */
export const CONTENT: u32 = 3;
/** Calls that fill a struct stat. */
export const STRUCT: u32 = 5;

const SLOTS: u32 = 2048;
const MOST_NAMES: u32 = 1024;
/** 32 bytes of name, its length, its class. */
const ENTRY: usize = 48;

/** Where the entries are; how many names they hold stands before them. */
let table: usize = 0;

export const NAMES_BYTES: usize = <usize>SLOTS * ENTRY + 16;

export function layOutNames(at: usize): void {
  table = at + 16;
}

/** Starts with none. */
export function forgetNames(): void {
  memory.fill(table, 0, <usize>SLOTS * ENTRY);
  store<u32>(table - 16, 0);
}

/** The entry of the name of `length` bytes at `at`, at most 32; new ones have no class. */
function entryOf(at: usize, length: usize): usize {
  const first = firstBytes(at, min(length, <usize>16));
  const rest: usize = length > 16 ? length - 16 : 0;
  const second = firstBytes(at + 16, rest);
  const hash = mix(
    <u64>i64x2.extract_lane(first, 0) ^ <u64>i64x2.extract_lane(second, 0),
    <u64>i64x2.extract_lane(first, 1) + length,
  );
  let slot = <u32>hash & (SLOTS - 1);
  for (;;) {
    const entry = table + <usize>slot * ENTRY;
    const known = load<u32>(entry, 32);
    if (!known) {
      v128.store(entry, first);
      v128.store(entry, second, 16);
      return entry;
    }
    if (
      known == <u32>length &&
      i8x16.all_true(i8x16.eq(v128.load(entry), first)) &&
      i8x16.all_true(i8x16.eq(v128.load(entry, 16), second))
    ) {
      return entry;
    }
    slot = (slot + 1) & (SLOTS - 1);
  }
  return 0;
}

function remember(entry: usize, length: u32, kind: u32): void {
  store<u32>(entry, length, 32);
  store<u32>(entry, kind, 36);
  store<u32>(table - 16, load<u32>(table - 16) + 1);
}

/** Remembers the name at `at`, which somebody wants to hear of. */
export function tellName(at: usize, length: u32, kind: u32): void {
  remember(entryOf(at, length), length, kind);
}

/** The class, or 0 for what is no name of a call, or one that only the careful lane knows. */
// @ts-ignore: decorator
@inline
export function classOfName(at: usize, length: usize): u32 {
  const entry = entryOf(at, length);
  const known = load<u32>(entry, 36);
  if (known && load<u32>(entry, 32)) return known;
  return learn(entry, at, length);
}

function learn(entry: usize, at: usize, length: usize): u32 {
  for (let i: usize = 0; i < length; i++) {
    const code = byte(at + i);
    if (!(isNameStart(code) || (i > 0 && isDigit(code)))) return 0;
  }
  // `syscall_0x1b5`: an old strace, and maybe a call that matters under its real name.
  if (load<u64>(at) == 0x5f6c6c6163737973) return 0;
  if (load<u32>(table - 16) >= MOST_NAMES) return 0;
  remember(entry, <u32>length, DULL);
  return DULL;
}

/** Length of the name up to `closing`; 0 when that does not come soon. */
// @ts-ignore: decorator
@inline
export function lengthOfName(at: usize, closing: u8): usize {
  let found = i8x16.bitmask(i8x16.eq(v128.load(at), i8x16.splat(closing)));
  if (found) return ctz(found);
  found = i8x16.bitmask(i8x16.eq(v128.load(at, 16), i8x16.splat(closing)));
  return found ? <usize>(16 + ctz(found)) : 0;
}
