import { copy, firstBytes, mix } from "./bytes.as";

/**
 * Texts and their numbers: the same number each time a text comes again. A text lies in the arena, with its
 * length and its number before it.
 */

/** Texts of one scan, in bytes. */
export const BATCH_BYTES: usize = 1 << 19;
/** Texts that are looked up side by side. */
const GROUP: usize = 32 * 16;

let slotsAt: usize = 0;
let slots: u32 = 0;
let startsAt: usize = 0;
let mostTexts: u32 = 0;
let arenaAt: usize = 0;
let arenaEnd: usize = 0;
/** Where it stands how many texts there are, and where the next one goes. */
let counts: usize = 0;
let asksAt: usize = 0;
let asked: usize = 0;
let seed: u64 = 0;
/** Keeps the compiler from dropping the reads that only touch. */
export let touchedOnce: u32 = 0;

export let askedBytes: usize = 0;

/** Bytes that are needed for `asks` in one scan, and for so many texts in so many bytes. */
export function bytesForTexts(asks: u32, count: u32, bytes: u32): usize {
  return 16 + <usize>count * 20 + <usize>asks * 16 + bytes + 256;
}

export function layOutTexts(at: usize, asks: u32, count: u32, bytes: u32, hashSeed: u64): void {
  seed = hashSeed;
  slots = count * 2;
  mostTexts = count;
  counts = at;
  slotsAt = at + 16;
  startsAt = slotsAt + <usize>slots * 8;
  asksAt = startsAt + <usize>count * 4;
  asked = asksAt;
  arenaAt = (asksAt + <usize>asks * 16 + 63) & ~(<usize>63);
  arenaEnd = arenaAt + bytes;
}

/** Forgets all texts; their numbers start again at 1. */
export function forgetTexts(): void {
  memory.fill(slotsAt, 0, <usize>slots * 8);
  store<u32>(counts, 1);
  store<u32>(counts, <u32>arenaAt, 4);
}

/** True while the texts of one more scan can be remembered, `more` at most. */
export function haveRoom(more: u32): bool {
  return load<u32>(counts) + more <= mostTexts && arenaEnd - load<u32>(counts, 4) >= 2 * BATCH_BYTES;
}

export function textAddress(id: u32): usize {
  return <usize>load<u32>(startsAt + <usize>id * 4);
}

export function textLength(id: u32): u32 {
  return load<u32>(textAddress(id) - 8);
}

/**
 * Asks for the number of a text, which `numberTexts` will store at `to`. Two chains of multiplications side by
 * side: one chain was measured to wait for itself.
 */
export function ask(at: usize, length: usize, to: usize): void {
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
    const last = firstBytes(from, rest);
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

/**
 * Stores the number of each text that was asked for. Slot and text lie anywhere in memory; a group of them is
 * touched before it is compared, so that the waits for memory run side by side.
 */
export function numberTexts(): void {
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
}

// @ts-ignore: decorator
@inline
function slotOf(hash: u32): usize {
  return slotsAt + <usize>(hash & (slots - 1)) * 8;
}

/** The number of a text, a new one for a new text. Equal texts are compared: no log can make two texts one. */
// @ts-ignore: decorator
@inline
function numberOf(at: usize, length: usize, hash: u32): u32 {
  const blocks = length >> 4;
  const rest = length & 15;
  const last = rest ? firstBytes(at + (blocks << 4), rest) : i64x2.splat(0);
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
@inline
function isSame(known: usize, at: usize, blocks: usize, rest: usize, last: v128): bool {
  for (let block: usize = 0; block < blocks; block++, known += 16, at += 16) {
    if (!i8x16.all_true(i8x16.eq(v128.load(known), v128.load(at)))) return false;
  }
  return !rest || i8x16.all_true(i8x16.eq(v128.load(known), last));
}

function remember(place: usize, hash: u32, at: usize, length: usize, last: v128): u32 {
  const size: usize = 8 + ((length + 15) & ~15);
  const id = load<u32>(counts);
  const text = <usize>load<u32>(counts, 4) + 8;
  copy(text, at, length & ~15);
  if (length & 15) v128.store(text + (length & ~15), last);
  store<u32>(text - 8, <u32>length);
  store<u32>(text - 4, id);
  store<u32>(startsAt + <usize>id * 4, <u32>text);
  store<u32>(counts, id + 1);
  store<u32>(counts, <u32>(text - 8 + size), 4);
  store<u32>(place, hash);
  store<u32>(place, <u32>text, 4);
  return id;
}
