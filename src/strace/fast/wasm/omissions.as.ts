import { byte, copy, endOfHex, endOfString, findByte, isDigit } from "./bytes.as";
import { ask, BATCH_BYTES } from "./texts.as";

/**
 * What is left out of a text before it gets its number, because it differs each time and says nothing: digits of
 * addresses, numbers of pipes and sockets, the content of files, the fields of a struct stat.
 */

/** Shortest run of hexadecimal digits that is an address: they differ in each process, and say nothing. */
const ADDRESS_DIGITS: usize = 9;
/** Longest text that gets a number; longer ones are rare, and read anew each time. */
export const MOST_TEXT: usize = 4096;
/** What may follow the struct: `}, AT_SYMLINK_NOFOLLOW|AT_NO_AUTOMOUNT)`. */
const MOST_BEHIND_STRUCT: usize = 96;

/** "pipe" and "cket". */
const PIPE: u32 = 0x65706970;
const SOCKET_END: u32 = 0x74656b63;

let scratchAt: usize = 0;
let scratch: usize = 0;

/** Twice the texts of a scan: one can be copied without its content, and then without its digits. */
export const SCRATCH_BYTES: usize = 2 * BATCH_BYTES + 8 * MOST_TEXT;

export function layOutScratch(at: usize): void {
  scratchAt = at;
  scratch = at;
}

/** False for the copies that only a log full of digits needs: its texts are asked for as they are. */
// @ts-ignore: decorator
@inline
function haveScratch(bytes: usize): bool {
  return scratch + bytes + 64 <= scratchAt + SCRATCH_BYTES;
}

/** The numbers of all texts were stored: their copies are not needed any more. */
export function clearScratch(): void {
  scratch = scratchAt;
}

/** Asks for the number of a call's text. */
// @ts-ignore: decorator
@inline
export function askCall(at: usize, end: usize, to: usize): void {
  const digits = findIdleDigits(at, end);
  if (digits == end) ask(at, end - at, to);
  else askWithoutDigits(at, end, digits, to);
}

/** Asks for the number of the text of a read or write, whose content begins at `from` or later. */
export function askContent(at: usize, end: usize, from: usize, to: usize): void {
  const open = findByte(from, end, 34);
  if (open >= end) return askCall(at, end, to);
  const close = endOfString(open + 1, end);
  if (close >= end || mayTell(open + 1, close)) return askCall(at, end, to);
  askWithout(at, end, open + 1, close, to);
}

/** Asks for the number of a stat, whose path stands at `from` or later. A second half may begin with the struct. */
export function askStruct(at: usize, end: usize, from: usize, to: usize): void {
  let open = from;
  if (byte(open) != 123) {
    const quote = findByte(from, end, 34);
    if (quote >= end) return askCall(at, end, to);
    open = findByte(endOfString(quote + 1, end), end, 123);
  }
  if (open >= end) return askCall(at, end, to);
  let close = end - 1;
  const first = end - open > MOST_BEHIND_STRUCT ? end - MOST_BEHIND_STRUCT : open;
  while (close > first && byte(close) != 125) close--;
  if (byte(close) != 125 || !isWhole(open + 1, close)) return askCall(at, end, to);
  askWithout(at, end, open + 1, close, to);
}

/**
 * True for fields whose brackets and comments all close, in the careful lane's way of counting: a torn line can
 * have anything in the middle of its struct.
 */
function isWhole(from: usize, end: usize): bool {
  let depth: i32 = 0;
  let inComment = false;
  for (let at = from; at < end; at += 16) {
    const here = v128.load(at);
    // ( ) * lie side by side, and so do { | }; [ \ ] as well.
    const low = i8x16.lt_u(i8x16.sub(here, i8x16.splat(40)), i8x16.splat(3));
    const middle = i8x16.lt_u(i8x16.sub(here, i8x16.splat(91)), i8x16.splat(3));
    const high = i8x16.lt_u(i8x16.sub(here, i8x16.splat(123)), i8x16.splat(3));
    const ends = v128.or(i8x16.eq(here, i8x16.splat(34)), i8x16.eq(here, i8x16.splat(60)));
    let found = i8x16.bitmask(v128.or(v128.or(low, middle), v128.or(high, ends)));
    for (; found; found &= found - 1) {
      const place = at + ctz(found);
      if (place >= end) break;
      const code = byte(place);
      if (code == 34 || code == 60) return false;
      if (code == 42) {
        if (inComment) inComment = byte(place + 1) != 47;
        else inComment = byte(place - 1) == 47 && byte(place + 1) == 32;
      } else if (!inComment) {
        if (code == 40 || code == 91 || code == 123) depth++;
        else if (code == 41 || code == 93 || code == 125) depth--;
        if (depth < 0) return false;
      }
    }
  }
  return depth == 0 && !inComment;
}

function askWithout(at: usize, end: usize, from: usize, until: usize, to: usize): void {
  if (!haveScratch(end - at)) return ask(at, end - at, to);
  const begin = scratch;
  copy(begin, at, from - at);
  const rest = begin + (from - at);
  copy(rest, until, end - until);
  const last = rest + (end - until);
  // What stands behind a text is read: it must end there, and not go on with the next copy.
  v128.store(last, i64x2.splat(0));
  scratch = last + 16;
  askCall(begin, last, to);
}

/** Where the digits of the first address, pipe or socket in `[at, end)` begin; `end` when there is none. */
function findIdleDigits(at: usize, end: usize): usize {
  while (at < end) {
    const here = v128.load(at);
    const next = v128.load(at, 1);
    let found = i8x16.bitmask(
      v128.or(
        v128.and(i8x16.eq(here, i8x16.splat(48)), i8x16.eq(next, i8x16.splat(120))),
        v128.and(i8x16.eq(here, i8x16.splat(58)), i8x16.eq(next, i8x16.splat(91))),
      ),
    );
    while (found) {
      const mark = at + ctz(found);
      const digits = mark + 2;
      if (digits >= end) return end;
      if (byte(mark) == 48 ? endOfHex(digits) - digits >= ADDRESS_DIGITS : isNumbered(mark)) return digits;
      found &= found - 1;
    }
    at += 16;
  }
  return end;
}

/** True for `3<pipe:[123]>` and `3<socket:[123]>` around the `:[` at `mark`. */
function isNumbered(mark: usize): bool {
  const kind = load<u32>(mark - 4);
  const opens = kind == PIPE ? mark - 5 : kind == SOCKET_END ? mark - 7 : 0;
  if (!opens || byte(opens) != 60 || !isDigit(byte(mark + 2))) return false;
  let at = mark + 3;
  while (isDigit(byte(at))) at++;
  return byte(at) == 93 && byte(at + 1) == 62;
}

function askWithoutDigits(at: usize, end: usize, first: usize, to: usize): void {
  if (!haveScratch(end - at)) return ask(at, end - at, to);
  const begin = scratch;
  let digits = first;
  while (digits < end) {
    copy(scratch, at, digits - at);
    scratch += digits - at;
    at = endOfHex(digits);
    digits = findIdleDigits(at, end);
  }
  copy(scratch, at, end - at);
  scratch += end - at;
  ask(begin, scratch - begin, to);
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
