/**
 * The fast lane's scanner, in AssemblyScript: TypeScript for WebAssembly, compiled by `npm run build`.
 *
 * It cuts bytes into lines, reads the leader of each, and gives every text of a call (`openat(AT_FDCWD, "x",
 * O_RDONLY)`) and every tail of a result (` ENOENT (No such file or directory)`) a number, the same one each
 * time it comes again. What these texts mean is not known here: TypeScript reads each text once, with the
 * careful lane's own code. A line that is not plain becomes a record of its own, and goes to that lane whole.
 */

/** Bytes that a record takes; the fields are listed in `records.ts`. */
const RECORD: usize = 48;
/** Kinds of records. */
const CAREFUL: u32 = 0;
const WHOLE: u32 = 1;
const BEGUN: u32 = 2;
const RESUMED: u32 = 3;
/** What a line leaves that says nothing. */
const NOTHING: u32 = 4;
/** A line with control characters. */
const DIRTY: u32 = 5;

/** Classes of names: 0 is none. Calls that nobody asked for are learnt; the others are told by `addName`. */
const DULL: u32 = 1;
const READ: u32 = 2;
/** Reads and writes of file content. */
const CONTENT: u32 = 3;

const NAME_SLOTS: u32 = 2048;
const MOST_NAMES: u32 = 1024;
/** Longest name that a line may begin with. */
const NAME_BYTES: usize = 32;
/** Shortest run of hexadecimal digits that is an address: they differ in each process, and say nothing. */
const ADDRESS_DIGITS: usize = 9;
/** Texts of one scan, in bytes. */
const BATCH_BYTES: usize = 1 << 19;
/** Longest text that gets a number; longer ones are rare, and read anew each time. */
const MOST_TEXT: usize = 4096;

let inputAt: usize = 0;
let recordsAt: usize = 0;
let mostRecords: u32 = 0;
let namesAt: usize = 0;
let names: u32 = 0;
let slotsAt: usize = 0;
let slots: u32 = 0;
let startsAt: usize = 0;
let mostTexts: u32 = 0;
let texts: u32 = 0;
let arenaAt: usize = 0;
let arenaEnd: usize = 0;
let arena: usize = 0;
let masksAt: usize = 0;
let tailMasksAt: usize = 0;
let scratchAt: usize = 0;
let scratch: usize = 0;
let asksAt: usize = 0;
let asked: usize = 0;
let askedBytes: usize = 0;
/** Keeps the compiler from dropping the reads that only touch. */
export let touchedOnce: u32 = 0;
let seed: u64 = 0;

let position: usize = 0;
let lines: u32 = 0;
let dull: u32 = 0;
let full: bool = false;

let heap: usize = 0;
function take(bytes: usize): usize {
  const at = (heap + 63) & ~(<usize>63);
  heap = at + bytes;
  return at;
}

/** Lays out the memory; returns where input goes. `arenaBytes` and `textCount` bound what is remembered. */
export function layOut(
  inputBytes: u32,
  recordCount: u32,
  textCount: u32,
  arenaBytes: u32,
  seedLow: u32,
  seedHigh: u32,
): usize {
  heap = __heap_base;
  seed = ((<u64>seedHigh) << 32) | <u64>seedLow;
  masksAt = take(9 * 8);
  tailMasksAt = take(64);
  namesAt = take(NAME_SLOTS * 48);
  recordsAt = take(<usize>recordCount * RECORD);
  slots = textCount * 2;
  slotsAt = take(<usize>slots * 8);
  startsAt = take(<usize>textCount * 4);
  asksAt = take(<usize>recordCount * 2 * 16);
  asked = asksAt;
  // Twice, since a text can be copied without its content, and then without its addresses.
  scratchAt = take(2 * BATCH_BYTES + 8 * MOST_TEXT);
  scratch = scratchAt;
  arenaAt = take(arenaBytes + 64);
  arenaEnd = arenaAt + arenaBytes;
  // Vectors are read across the ends of the input, so there is room on both sides.
  take(64);
  inputAt = take(inputBytes + 128);
  mostRecords = recordCount;
  mostTexts = textCount;
  const have = <usize>memory.size() << 16;
  if (heap > have) memory.grow(<i32>((heap - have + 65535) >> 16));
  for (let bytes: usize = 0; bytes < 8; bytes++) {
    store<u64>(masksAt + bytes * 8, ((<u64>1) << (8 * bytes)) - 1);
  }
  store<u64>(masksAt + 64, ~(<u64>0));
  memory.fill(tailMasksAt, 255, 16);
  memory.fill(tailMasksAt + 16, 0, 16);
  forget();
  return inputAt;
}

export function recordsAddress(): usize {
  return recordsAt;
}
export function scratchAddress(): usize {
  return scratchAt;
}
/** Where the last scan ended: the first line that it did not read. */
export function scanEnd(): usize {
  return position;
}
/** Lines of the last scan, and calls among them that left no record. */
export function scannedLines(): u32 {
  return lines;
}
export function dullCalls(): u32 {
  return dull;
}
/** True when no more texts can be remembered, and nothing was read: time to {@link forget} them. */
export function isFull(): bool {
  return full;
}
export function textAddress(id: u32): usize {
  return <usize>load<u32>(startsAt + <usize>id * 4);
}
export function textLength(id: u32): u32 {
  return load<u32>(textAddress(id) - 8);
}

/** Forgets all texts; their numbers start again at 1. */
export function forget(): void {
  memory.fill(slotsAt, 0, <usize>slots * 8);
  arena = arenaAt;
  texts = 1;
  full = false;
}

// @ts-ignore: decorator
@inline function byte(at: usize): u32 {
  return load<u8>(at);
}
// @ts-ignore: decorator
@inline function isDigit(code: u32): bool {
  return code - 48 < 10;
}
// @ts-ignore: decorator
@inline function isHex(code: u32): bool {
  return code - 48 < 10 || code - 97 < 6;
}
// @ts-ignore: decorator
@inline function isNameStart(code: u32): bool {
  return code - 97 < 26 || code == 95;
}

/** The first control character at or behind `at`; in a clean line that is its end. */
// @ts-ignore: decorator
@inline function nextControl(at: usize): usize {
  for (;;) {
    const found = i8x16.bitmask(i8x16.lt_u(v128.load(at), i8x16.splat(32)));
    if (found) return at + ctz(found);
    at += 16;
  }
  return 0;
}

// @ts-ignore: decorator
@inline function mix(a: u64, b: u64): u64 {
  let h = (a ^ 0x9e3779b97f4a7c15) * 0xd6e8feb86659fd93;
  h ^= h >> 32;
  h = (h ^ b) * 0xa0761d6478bd642f;
  return h ^ (h >> 29);
}

/** Class of the name of `length` bytes at `at`; 0 when it is new. An entry: 32 bytes of name, its length, its class. */
function nameEntry(at: usize, length: usize): usize {
  const first = v128.and(v128.load(at), v128.load(tailMasksAt + 16 - min(length, <usize>16)));
  const rest: usize = length > 16 ? length - 16 : 0;
  const second = v128.and(v128.load(at, 16), v128.load(tailMasksAt + 16 - rest));
  const hash = mix(<u64>i64x2.extract_lane(first, 0) ^ <u64>i64x2.extract_lane(second, 0), <u64>i64x2.extract_lane(first, 1) + length);
  let slot = <u32>hash & (NAME_SLOTS - 1);
  for (;;) {
    const entry = namesAt + <usize>slot * 48;
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
    slot = (slot + 1) & (NAME_SLOTS - 1);
  }
  return 0;
}

/** Remembers the name that stands in the scratch memory: its class is READ, CONTENT, or 4 for the careful lane. */
export function addName(length: u32, kind: u32): void {
  const entry = nameEntry(scratchAt, length);
  store<u32>(entry, length, 32);
  store<u32>(entry, kind, 36);
  names += 1;
}

/** The class, or 0 for what is no name of a call, or one that only the careful lane knows. */
// @ts-ignore: decorator
@inline function classOfName(at: usize, length: usize): u32 {
  const entry = nameEntry(at, length);
  const known = load<u32>(entry, 36);
  if (known && load<u32>(entry, 32)) return known;
  return learnName(entry, at, length);
}

function learnName(entry: usize, at: usize, length: usize): u32 {
  for (let i: usize = 0; i < length; i++) {
    const code = byte(at + i);
    if (!(isNameStart(code) || (i > 0 && isDigit(code)))) return 0;
  }
  // `syscall_0x1b5`: an old strace, and maybe a call that matters under its real name.
  if (load<u64>(at) == 0x5f6c6c6163737973) return 0;
  if (names >= MOST_NAMES) return 0;
  store<u32>(entry, <u32>length, 32);
  store<u32>(entry, DULL, 36);
  names += 1;
  return DULL;
}

/**
 * Asks for the number of a text, which `numberTexts` will store at `to`. Two chains of multiplications side by
 * side: one chain was measured to wait for itself.
 */
function ask(at: usize, length: usize, to: usize): void {
  let h = seed ^ <u64>length;
  let g = seed;
  const blocks = length >> 4;
  const rest = length & 15;
  let from = at;
  for (let block: usize = 0; block < blocks; block++, from += 16) {
    h = rotl(h ^ load<u64>(from), 29) * 0xd6e8feb86659fd93;
    g = rotl(g ^ load<u64>(from, 8), 31) * 0xa0761d6478bd642f;
  }
  if (rest) {
    const last = v128.and(v128.load(from), v128.load(tailMasksAt + 16 - rest));
    h = rotl(h ^ <u64>i64x2.extract_lane(last, 0), 29) * 0xd6e8feb86659fd93;
    g = rotl(g ^ <u64>i64x2.extract_lane(last, 1), 31) * 0xa0761d6478bd642f;
  }
  h = mix(h, g);
  store<u32>(asked, <u32>at);
  store<u32>(asked, <u32>length, 4);
  store<u32>(asked, <u32>(h >> 32) ^ <u32>h, 8);
  store<u32>(asked, <u32>to, 12);
  asked += 16;
  askedBytes += length + 24;
}

/** Texts that are looked up side by side. */
const GROUP: usize = 32 * 16;

/**
 * Stores the number of each text that was asked for. Slot and text lie anywhere in memory; a group of them is
 * touched before it is compared, so that the waits for memory run side by side.
 */
function numberTexts(): void {
  let touched: u32 = 0;
  for (let group = asksAt; group < asked; group += GROUP) {
    const end = min(group + GROUP, asked);
    for (let ask = group; ask < end; ask += 16) touched += load<u32>(slotOf(load<u32>(ask, 8)));
    for (let ask = group; ask < end; ask += 16) {
      const known = <usize>load<u32>(slotOf(load<u32>(ask, 8)), 4);
      touched += load<u32>(known) + load<u32>(known + 64);
    }
    for (let ask = group; ask < end; ask += 16) {
      store<u32>(load<u32>(ask, 12), numberOf(load<u32>(ask), load<u32>(ask, 4), load<u32>(ask, 8)));
    }
  }
  touchedOnce = touched;
  asked = asksAt;
  askedBytes = 0;
  scratch = scratchAt;
}

// @ts-ignore: decorator
@inline function slotOf(hash: u32): usize {
  return slotsAt + <usize>(hash & (slots - 1)) * 8;
}

/** The number of a text, a new one for a new text. Equal texts are compared: no log can make two texts one. */
// @ts-ignore: decorator
@inline function numberOf(at: usize, length: usize, hash: u32): u32 {
  const blocks = length >> 4;
  const rest = length & 15;
  const last = rest
    ? v128.and(v128.load(at + (blocks << 4)), v128.load(tailMasksAt + 16 - rest))
    : i64x2.splat(0);
  let slot = hash & (slots - 1);
  for (;;) {
    const place = slotsAt + <usize>slot * 8;
    const known = <usize>load<u32>(place, 4);
    if (!known) return remember(place, hash, at, length, last);
    if (
      load<u32>(place) == hash &&
      load<u32>(known - 8) == <u32>length &&
      isSame(known, at, blocks, rest, last)
    ) {
      return load<u32>(known - 4);
    }
    slot = (slot + 1) & (slots - 1);
  }
  return 0;
}

// @ts-ignore: decorator
@inline function isSame(known: usize, at: usize, blocks: usize, rest: usize, last: v128): bool {
  for (let block: usize = 0; block < blocks; block++, known += 16, at += 16) {
    if (!i8x16.all_true(i8x16.eq(v128.load(known), v128.load(at)))) return false;
  }
  return !rest || i8x16.all_true(i8x16.eq(v128.load(known), last));
}

/** Copies whole vectors, up to 15 bytes too many: for short pieces `memory.copy` was measured to cost more. */
// @ts-ignore: decorator
@inline function copy(to: usize, from: usize, length: usize): void {
  for (let at: usize = 0; at < length; at += 16) v128.store(to + at, v128.load(from + at));
}

/** Keeps a text in the arena: its length and number stand before it. */
function remember(place: usize, hash: u32, at: usize, length: usize, last: v128): u32 {
  const size: usize = 8 + ((length + 15) & ~15);
  const id = texts++;
  const text = arena + 8;
  copy(text, at, length & ~15);
  if (length & 15) v128.store(text + (length & ~15), last);
  store<u32>(text - 8, <u32>length);
  store<u32>(text - 4, id);
  store<u32>(startsAt + <usize>id * 4, <u32>text);
  arena += size;
  store<u32>(place, hash);
  store<u32>(place, <u32>text, 4);
  return id;
}

/** Where the digits of the first address in `[at, end)` begin; `end` when there is none. */
function findAddress(at: usize, end: usize): usize {
  while (at < end) {
    const zeros = i8x16.eq(v128.load(at), i8x16.splat(48));
    let found = i8x16.bitmask(v128.and(zeros, i8x16.eq(v128.load(at, 1), i8x16.splat(120))));
    while (found) {
      const digits = at + ctz(found) + 2;
      if (digits >= end) return end;
      if (endOfHex(digits) - digits >= ADDRESS_DIGITS) return digits;
      found &= found - 1;
    }
    at += 16;
  }
  return end;
}

// @ts-ignore: decorator
@inline function endOfHex(at: usize): usize {
  while (isHex(byte(at))) at++;
  return at;
}

/** Asks for the number of a call's text, with the digits of addresses left out. */
// @ts-ignore: decorator
@inline function askCall(at: usize, end: usize, to: usize): void {
  const address = findAddress(at, end);
  if (address == end) ask(at, end - at, to);
  else askWithoutAddresses(at, end, address, to);
}

function askWithoutAddresses(at: usize, end: usize, first: usize, to: usize): void {
  const begin = scratch;
  let address = first;
  while (address < end) {
    copy(scratch, at, address - at);
    scratch += address - at;
    at = endOfHex(address);
    address = findAddress(at, end);
  }
  copy(scratch, at, end - at);
  scratch += end - at;
  ask(begin, scratch - begin, to);
}

/** The last ` = ` of `[from, end)`: the index of its `=`, 0 without. */
// @ts-ignore: decorator
@inline function findEquals(from: usize, end: usize): usize {
  let at = end - 16;
  for (;;) {
    const equals = i8x16.eq(v128.load(at), i8x16.splat(61));
    const before = i8x16.eq(v128.load(at - 1), i8x16.splat(32));
    const behind = i8x16.eq(v128.load(at + 1), i8x16.splat(32));
    const found = i8x16.bitmask(v128.and(v128.and(equals, before), behind));
    if (found) {
      const place = at + (31 - clz(found));
      return place > from ? place : 0;
    }
    if (at <= from) return 0;
    at -= 16;
  }
  return 0;
}

/** Where a call ends when ` <0.000012>` of -T is left out. */
// @ts-ignore: decorator
@inline function withoutDuration(end: usize): usize {
  if (byte(end - 1) != 62) return end;
  let at = end - 2;
  while (isDigit(byte(at)) || byte(at) == 46) at--;
  return at < end - 2 && byte(at) == 60 && byte(at - 1) == 32 ? at - 1 : end;
}

/** Behind `12:00:00.123456 ` or `1700000000.123456 `; 0 when something else stands here. */
// @ts-ignore: decorator
@inline function skipTime(at: usize): usize {
  let digits: usize = 0;
  while (isDigit(byte(at + digits))) digits++;
  if (digits == 2 && byte(at + 2) == 58) {
    if (!(isDigit(byte(at + 3)) && isDigit(byte(at + 4)) && byte(at + 5) == 58 && isDigit(byte(at + 6)) && isDigit(byte(at + 7)))) return 0;
    at += 8;
  } else if (digits >= 9 && digits <= 11) {
    at += digits;
  } else {
    return 0;
  }
  if (byte(at) == 46) {
    at++;
    while (isDigit(byte(at))) at++;
  }
  return byte(at) == 32 ? at + 1 : 0;
}

let leaderPid: i32 = -1;
let cachedMask: u64 = 0;
let cachedStart: u64 = 1;
let cachedPid: i32 = -1;
let cachedLength: usize = 0;

/** Reads `1234 ` or `[pid 1234] ` and a time; returns where the call begins, 0 for any other leader. */
// @ts-ignore: decorator
@inline function readLeader(line: usize): usize {
  let at = line;
  const start = load<u64>(at);
  if ((start & cachedMask) == cachedStart) {
    leaderPid = cachedPid;
    at += cachedLength;
  } else {
    at = readPid(line, start);
    if (!at) return 0;
  }
  while (byte(at) == 32) at++;
  if (isDigit(byte(at))) at = skipTime(at);
  return at;
}

/** The pid, kept for the next line: most lines have the same one as the line before. */
function readPid(line: usize, start: u64): usize {
  let at = line;
  const bracketed = byte(at) == 91;
  if (bracketed) {
    if (byte(at + 1) != 112 || byte(at + 2) != 105 || byte(at + 3) != 100 || byte(at + 4) != 32) return 0;
    at += 5;
    while (byte(at) == 32) at++;
  }
  const digits = at;
  let pid: i32 = 0;
  while (isDigit(byte(at)) && at - digits < 8) pid = pid * 10 + <i32>byte(at++) - 48;
  if (at == digits || at - digits > 7) return 0;
  if (bracketed && byte(at++) != 93) return 0;
  if (byte(at) != 32) return 0;
  leaderPid = pid;
  const length = at + 1 - line;
  if (length <= 8) {
    cachedMask = load<u64>(masksAt + length * 8);
    cachedStart = start & cachedMask;
    cachedPid = pid;
    cachedLength = length;
  }
  return at + 1;
}

/**
 * Reads the lines of `[from, end)`, all of which end in a newline, until there are enough records. Returns
 * their number.
 */
export function scan(from: usize, end: usize): u32 {
  let line = from;
  let record = recordsAt;
  const recordsEnd = recordsAt + <usize>mostRecords * RECORD;
  lines = 0;
  dull = 0;
  full = texts + 2 * mostRecords > mostTexts || arenaEnd - arena < 2 * BATCH_BYTES;
  while (line < end && record < recordsEnd && askedBytes < BATCH_BYTES && !full) {
    const stop = nextControl(line);
    lines++;
    if (byte(stop) != 10) {
      line = addDirty(record, line, stop);
      record += RECORD;
      continue;
    }
    const at = readLeader(line);
    const what = at ? readCall(record, line, at, stop) : CAREFUL;
    if (what != NOTHING) {
      finish(record, what, line, stop);
      record += RECORD;
    }
    line = stop + 1;
  }
  numberTexts();
  position = line;
  return <u32>((record - recordsAt) / RECORD);
}

/** A record for a line with control characters. Returns where the next line begins. */
function addDirty(record: usize, line: usize, control: usize): usize {
  let stop = control;
  while (byte(stop) != 10) stop = nextControl(stop + 1);
  finish(record, DIRTY, line, stop);
  return stop + 1;
}

// @ts-ignore: decorator
@inline function finish(record: usize, kind: u32, line: usize, stop: usize): void {
  store<u32>(record, kind);
  store<i32>(record, leaderPid, 4);
  store<u32>(record, <u32>line, 24);
  store<u32>(record, <u32>stop, 28);
  store<u32>(record, lines, 32);
  store<u32>(record, dull, 36);
}

// @ts-ignore: decorator
@inline function readCall(record: usize, line: usize, at: usize, stop: usize): u32 {
  const first = byte(at);
  if (!isNameStart(first)) return readOther(record, line, at, stop);
  const length = lengthOfName(at, 40);
  if (!length) return CAREFUL;
  const known = classOfName(at, length);
  if (known == DULL) {
    // `... attached`, `... detached`, `unknown pid 4d`: a message of strace itself may have torn the line.
    if (byte(stop - 1) == 100 && load<u32>(stop - 5) == 0x65686361) return CAREFUL;
    dull++;
    return NOTHING;
  }
  if (known == READ) return readWhole(record, line, at, stop, 0);
  return known == CONTENT ? readWhole(record, line, at, stop, at + length + 1) : CAREFUL;
}

/** Length of the name up to `closing`; 0 when that does not come soon. */
// @ts-ignore: decorator
@inline function lengthOfName(at: usize, closing: u8): usize {
  let found = i8x16.bitmask(i8x16.eq(v128.load(at), i8x16.splat(closing)));
  if (found) return ctz(found);
  found = i8x16.bitmask(i8x16.eq(v128.load(at, 16), i8x16.splat(closing)));
  return found ? <usize>(16 + ctz(found)) : 0;
}

/** Signals say nothing, and so does the second half of a call that nobody asked for. */
function readOther(record: usize, line: usize, at: usize, stop: usize): u32 {
  const start = load<u32>(at);
  if (start == 0x202d2d2d) return NOTHING;
  // `<... read resumed>`
  if (start != 0x2e2e2e3c || byte(at + 4) != 32) return CAREFUL;
  const length = lengthOfName(at + 5, 32);
  if (!length || load<u64>(at + 5 + length) != 0x64656d7573657220 || byte(at + 13 + length) != 62) return CAREFUL;
  const known = classOfName(at + 5, length);
  if (known == READ || known == CONTENT) {
    const content = known == CONTENT ? at + 14 + length : 0;
    return readWhole(record, line, at, stop, content) == WHOLE ? RESUMED : CAREFUL;
  }
  if (known != DULL) return CAREFUL;
  dull++;
  return NOTHING;
}

/** Bytes of ` <unfinished ...>`. */
const UNFINISHED: usize = 17;

// @ts-ignore: decorator
@inline function readWhole(record: usize, line: usize, at: usize, stop: usize, content: usize): u32 {
  const end = withoutDuration(stop);
  const equals = findEquals(at, end);
  if (!equals) return readBegun(record, line, at, stop);
  let close = equals - 1;
  while (byte(close) == 32) close--;
  if (byte(close) != 41) return readBegun(record, line, at, stop);
  if (close - at > MOST_TEXT - 64 || end - equals > MOST_TEXT - 64) return CAREFUL;
  let value: u64 = 0;
  let tail = equals + 2;
  if (byte(tail) == 45 && byte(tail + 1) == 49 && byte(tail + 2) == 32) {
    value = <u64>(-1);
    tail += 2;
  } else if (byte(tail) == 48 && byte(tail + 1) == 120) {
    tail += 2;
    const digits = tail;
    while (isHex(byte(tail))) {
      const code = byte(tail++);
      value = (value << 4) | <u64>(code < 58 ? code - 48 : code - 87);
    }
    // 2 ** 53 and more are no exact numbers in TypeScript.
    if (tail == digits || tail - digits > 13) return CAREFUL;
  } else {
    const digits = tail;
    while (isDigit(byte(tail))) value = value * 10 + <u64>(byte(tail++) - 48);
    if (tail == digits || tail - digits > 15) return CAREFUL;
  }
  if (content) askContent(at, close + 1, content, record + 8);
  else askCall(at, close + 1, record + 8);
  if (tail != end) ask(tail, end - tail, record + 12);
  else store<u32>(record, 0, 12);
  store<u32>(record, <u32>value, 16);
  store<u32>(record, <u32>(value >> 32), 20);
  return WHOLE;
}

/** The first half of a call: `openat(AT_FDCWD, "x", O_RDONLY <unfinished ...>`. */
function readBegun(record: usize, line: usize, at: usize, stop: usize): u32 {
  const end = stop - UNFINISHED;
  if (end <= at || end - at > MOST_TEXT - 64) return CAREFUL;
  // " <unfini" and "shed ...>"
  if (load<u64>(end) != 0x696e69666e753c20 || load<u64>(end, 9) != 0x3e2e2e2e20646568) return CAREFUL;
  if (byte(end + 8) != 115 || !isNameStart(byte(at))) return CAREFUL;
  askCall(at, end, record + 8);
  return BEGUN;
}

/** Asks for the number of the text of a read or write, without content that tells nothing. */
function askContent(at: usize, end: usize, from: usize, to: usize): void {
  const open = findQuote(from, end);
  if (open >= end) return askCall(at, end, to);
  const close = endOfString(open + 1, end);
  if (close >= end || mayTell(open + 1, close)) return askCall(at, end, to);
  const begin = scratch;
  copy(scratch, at, open + 1 - at);
  scratch += open + 1 - at;
  copy(scratch, close, end - close);
  scratch += end - close;
  askCall(begin, scratch, to);
}

// @ts-ignore: decorator
@inline function findQuote(at: usize, end: usize): usize {
  while (at < end) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(at), i8x16.splat(34)));
    if (found) return at + ctz(found);
    at += 16;
  }
  return end;
}

/** The quote that closes a string: one behind an even number of backslashes. */
function endOfString(at: usize, end: usize): usize {
  const first = at;
  for (;;) {
    const quote = findQuote(at, end);
    if (quote >= end) return end;
    let backslash = quote;
    while (backslash > first && byte(backslash - 1) == 92) backslash--;
    if (((quote - backslash) & 1) == 0) return quote;
    at = quote + 1;
  }
  return end;
}

/**
 * True for content that `model/content.ts` may want: an ELF header, a flag, a linker's message. It is wanted
 * seldom, so this only needs to be right when it says no: hexadecimal strings always may.
 */
function mayTell(at: usize, end: usize): bool {
  if (byte(at) == 92 && (byte(at + 1) == 120 || (load<u32>(at, 4) & 0xffffff) == 0x464c45)) return true;
  if (byte(at) == 127) return true;
  while (at < end) {
    const here = v128.load(at);
    const next = v128.load(at, 1);
    // `-I`, `-L`, `-i` of -isystem, `-s` of rustc-link-search, and `co` of incompatible.
    const flags = v128.and(
      i8x16.eq(here, i8x16.splat(45)),
      v128.or(
        v128.or(i8x16.eq(next, i8x16.splat(73)), i8x16.eq(next, i8x16.splat(76))),
        v128.or(i8x16.eq(next, i8x16.splat(105)), i8x16.eq(next, i8x16.splat(115))),
      ),
    );
    const message = v128.and(
      v128.and(i8x16.eq(here, i8x16.splat(99)), i8x16.eq(next, i8x16.splat(111))),
      v128.and(i8x16.eq(v128.load(at, 2), i8x16.splat(109)), i8x16.eq(v128.load(at, 3), i8x16.splat(112))),
    );
    if (v128.any_true(v128.or(flags, message))) return true;
    at += 16;
  }
  return false;
}
