/**
 * The fast lane's scanner, in AssemblyScript: TypeScript for WebAssembly, compiled by `npm run build`.
 *
 * It cuts bytes into lines, reads the leader of each, and gives every text of a call (`openat(AT_FDCWD, "x",
 * O_RDONLY)`) and every tail of a result (` ENOENT (No such file or directory)`) a number, the same one each
 * time it comes again. What these texts mean is not known here: TypeScript reads each text once, with the
 * careful lane's own code. A line that is not plain becomes a record of its own, and goes to that lane whole.
 */
import { byte, isDigit, isHex, isNameStart, nextControl } from "./bytes.as";
import { findEquals, withoutDuration } from "./call-end.as";
import { leaderPid, readLeader } from "./leader.as";
import { CONTENT, classOfName, DULL, forgetNames, layOutNames, lengthOfName, NAMES_BYTES, READ, STRUCT, tellName } from "./names.as";
import { askCall, askContent, askStruct, clearScratch, layOutScratch, MOST_TEXT, SCRATCH_BYTES } from "./omissions.as";
import { ask, askedBytes, BATCH_BYTES, bytesForTexts, forgetTexts, haveRoom, layOutTexts, numberTexts } from "./texts.as";

export { textAddress, textLength, touchedOnce } from "./texts.as";

/** Bytes that a record takes, and a block's head before its records; the fields are listed in `records.ts`. */
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
/** A call that never returned, such as exit_group. */
const UNRETURNED: u32 = 6;
const EXITED: u32 = 7;

/** `--- ` */
const SIGNAL: u32 = 0x202d2d2d;
/** Bytes of ` <unfinished ...>`. */
const UNFINISHED: usize = 17;

let inputAt: usize = 0;
let blocksAt: usize = 0;
let mostRecords: u32 = 0;

let lines: u32 = 0;
let dull: u32 = 0;

let heap: usize = 0;
function take(bytes: usize): usize {
  const at = (heap + 63) & ~(<usize>63);
  heap = at + bytes;
  return at;
}

/**
 * Lays out the memory; returns where input goes. What is remembered lies in the memory, and where it lies follows from
 * these numbers: a second instance that is told the same goes on where this one ends.
 */
export function layOut(
  inputBytes: u32,
  blockCount: u32,
  recordCount: u32,
  textCount: u32,
  arenaBytes: u32,
  seedLow: u32,
  seedHigh: u32,
): usize {
  heap = __heap_base;
  mostRecords = recordCount;
  blocksAt = take(<usize>blockCount * bytesOfBlock());
  const names = take(NAMES_BYTES);
  const scratch = take(SCRATCH_BYTES);
  const texts = take(bytesForTexts(2 * recordCount, textCount, arenaBytes));
  // Vectors are read across the ends of the input, so there is room on both sides.
  take(64);
  inputAt = take(inputBytes + 128);
  const have = <usize>memory.size() << 16;
  if (heap > have) memory.grow(<i32>((heap - have + 65535) >> 16));
  layOutNames(names);
  layOutScratch(scratch);
  layOutTexts(texts, 2 * recordCount, textCount, arenaBytes, ((<u64>seedHigh) << 32) | <u64>seedLow);
  return inputAt;
}

function bytesOfBlock(): usize {
  return (<usize>mostRecords + 1) * RECORD;
}

/** Blocks of records, each with its head before it. */
export function blocksAddress(): usize {
  return blocksAt;
}

/** Nothing is remembered: for the first instance on its memory. */
export function begin(): void {
  forgetNames();
  forgetTexts();
}

/** Forgets all texts; their numbers start again at 1. */
export function forget(): void {
  forgetTexts();
}

/** Remembers the name that stands where input goes: its class is one of `NAME` in records.ts. */
export function addName(length: u32, kind: u32): void {
  tellName(inputAt, length, kind);
}

/** True for the line of a signal, which is no call. Remembers nothing, whatever stands there. */
export function isSignal(line: usize): bool {
  const at = readLeader(line);
  return at != 0 && load<u32>(at) == SIGNAL;
}

/**
 * Reads the lines of `[from, end)`, all of which end in a newline, until there are enough records for a block. When no
 * more texts can be remembered it reads nothing, and says so in the block's head: time to {@link forget} them.
 */
export function scan(block: u32, from: usize, end: usize): void {
  const head = blocksAt + <usize>block * bytesOfBlock();
  const first = head + RECORD;
  const recordsEnd = first + <usize>mostRecords * RECORD;
  const full = !haveRoom(2 * mostRecords);
  let line = from;
  let record = first;
  lines = 0;
  dull = 0;
  while (line < end && record < recordsEnd && askedBytes < BATCH_BYTES && !full) {
    const stop = nextControl(line);
    lines++;
    if (byte(stop) != 10) {
      line = addDirty(record, line, stop);
      record += RECORD;
      continue;
    }
    const at = readLeader(line);
    const what = at ? readCall(record, at, stop) : CAREFUL;
    if (what != NOTHING) {
      finish(record, what, line, stop);
      record += RECORD;
    }
    line = stop + 1;
  }
  numberTexts();
  clearScratch();
  store<u32>(head, <u32>((record - first) / RECORD));
  store<u32>(head, <u32>from, 4);
  store<u32>(head, <u32>line, 8);
  store<u32>(head, lines, 12);
  store<u32>(head, dull, 16);
  store<u32>(head, <u32>full, 20);
}

/** A record for a line with control characters. Returns where the next line begins. */
function addDirty(record: usize, line: usize, control: usize): usize {
  let stop = control;
  while (byte(stop) != 10) stop = nextControl(stop + 1);
  finish(record, DIRTY, line, stop);
  return stop + 1;
}

// @ts-ignore: decorator
@inline
function finish(record: usize, kind: u32, line: usize, stop: usize): void {
  store<u32>(record, kind);
  store<i32>(record, leaderPid, 4);
  store<u32>(record, <u32>line, 24);
  store<u32>(record, <u32>stop, 28);
  store<u32>(record, lines, 32);
  store<u32>(record, dull, 36);
}

// @ts-ignore: decorator
@inline
function readCall(record: usize, at: usize, stop: usize): u32 {
  const first = byte(at);
  if (!isNameStart(first)) return readOther(record, at, stop);
  const length = lengthOfName(at, 40);
  if (!length) return CAREFUL;
  const known = classOfName(at, length);
  if (known == DULL) {
    // `... attached`, `... detached`, `unknown pid 4d`: a message of strace itself may have torn the line.
    if (byte(stop - 1) == 100 && load<u32>(stop - 5) == 0x65686361) return CAREFUL;
    dull++;
    return NOTHING;
  }
  return isRead(known) ? readWhole(record, at, stop, known, at + length + 1) : CAREFUL;
}

// @ts-ignore: decorator
@inline
function isRead(known: u32): bool {
  return known == READ || known == CONTENT || known == STRUCT;
}

/** Signals say nothing, and so does the second half of a call that nobody asked for. */
function readOther(record: usize, at: usize, stop: usize): u32 {
  const start = load<u32>(at);
  if (start == SIGNAL) return NOTHING;
  if (start == 0x202b2b2b) return readExit(record, at + 4, stop);
  // `<... read resumed>`
  if (start != 0x2e2e2e3c || byte(at + 4) != 32) return CAREFUL;
  const length = lengthOfName(at + 5, 32);
  if (!length || load<u64>(at + 5 + length) != 0x64656d7573657220 || byte(at + 13 + length) != 62) return CAREFUL;
  const known = classOfName(at + 5, length);
  if (isRead(known)) {
    return readWhole(record, at, stop, known, at + 14 + length) == WHOLE ? RESUMED : CAREFUL;
  }
  if (known != DULL) return CAREFUL;
  dull++;
  return NOTHING;
}

/** `exited with 0 +++` */
function readExit(record: usize, at: usize, stop: usize): u32 {
  // "exited w" and "with "
  if (load<u64>(at) != 0x7720646574697865 || load<u32>(at, 8) != 0x20687469) return CAREFUL;
  let value: u32 = 0;
  let place = at + 12;
  while (isDigit(byte(place))) value = value * 10 + byte(place++) - 48;
  if (place == at + 12 || place - at > 15 || load<u32>(place) != 0x2b2b2b20 || place + 4 != stop) return CAREFUL;
  store<u32>(record, value, 16);
  store<u32>(record, 0, 20);
  return EXITED;
}

/** Reads a call of the class `known`, whose arguments begin at `from`. */
// @ts-ignore: decorator
@inline
function readWhole(record: usize, at: usize, stop: usize, known: u32, from: usize): u32 {
  const end = withoutDuration(stop);
  const equals = findEquals(at, end);
  if (!equals) return readBegun(record, at, stop, known, from);
  let close = equals - 1;
  while (byte(close) == 32) close--;
  if (byte(close) != 41) return readBegun(record, at, stop, known, from);
  if (close - at > MOST_TEXT - 64 || end - equals > MOST_TEXT - 64) return CAREFUL;
  let value: u64 = 0;
  let tail = equals + 2;
  // A killed tracee's last call can end in ` <unfinished ...>) = ?`.
  if (byte(tail) == 63 && tail + 1 == end && byte(close - 1) != 62) {
    askText(at, close + 1, known, from, record + 8);
    return UNRETURNED;
  }
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
  askText(at, close + 1, known, from, record + 8);
  if (tail == end) store<u32>(record, 0, 12);
  else if (isIdleTail(tail)) askCall(tail, end, record + 12);
  else ask(tail, end - tail, record + 12);
  store<u32>(record, <u32>value, 16);
  store<u32>(record, <u32>(value >> 32), 20);
  return WHOLE;
}

/** `<pipe:[123]>` or `<socket:[123]>`: in any other tail, digits may be a path's. */
// @ts-ignore: decorator
@inline
function isIdleTail(tail: usize): bool {
  if (byte(tail) != 60) return false;
  const kind = load<u32>(tail, 1);
  return kind == 0x65706970 || kind == 0x6b636f73;
}

// @ts-ignore: decorator
@inline
function askText(at: usize, end: usize, known: u32, from: usize, to: usize): void {
  if (known == CONTENT) askContent(at, end, from, to);
  else if (known == STRUCT) askStruct(at, end, from, to);
  else askCall(at, end, to);
}

/** The first half of a call: `openat(AT_FDCWD, "x", O_RDONLY <unfinished ...>`. */
function readBegun(record: usize, at: usize, stop: usize, known: u32, from: usize): u32 {
  const end = stop - UNFINISHED;
  if (end <= at || end - at > MOST_TEXT - 64) return CAREFUL;
  // " <unfini" and "shed ...>"
  if (load<u64>(end) != 0x696e69666e753c20 || load<u64>(end, 9) != 0x3e2e2e2e20646568) return CAREFUL;
  if (byte(end + 8) != 115 || !isNameStart(byte(at))) return CAREFUL;
  askText(at, end, known, min(from, end), record + 8);
  return BEGUN;
}
