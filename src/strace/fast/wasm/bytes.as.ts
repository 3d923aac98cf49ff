/** Bytes of the input, and vectors of them. All loads may touch 16 bytes more: there is room at both ends. */

// @ts-ignore: decorator
@inline
export function byte(at: usize): u32 {
  return load<u8>(at);
}

// @ts-ignore: decorator
@inline
export function isDigit(code: u32): bool {
  return code - 48 < 10;
}

// @ts-ignore: decorator
@inline
export function isHex(code: u32): bool {
  return code - 48 < 10 || code - 97 < 6;
}

// @ts-ignore: decorator
@inline
export function isNameStart(code: u32): bool {
  return code - 97 < 26 || code == 95;
}

// @ts-ignore: decorator
@inline
export function endOfHex(at: usize): usize {
  while (isHex(byte(at))) at++;
  return at;
}

/** The first control character at or behind `at`; in a clean line that is its end. */
// @ts-ignore: decorator
@inline
export function nextControl(at: usize): usize {
  for (;;) {
    const found = i8x16.bitmask(i8x16.lt_u(v128.load(at), i8x16.splat(32)));
    if (found) return at + ctz(found);
    at += 16;
  }
  return 0;
}

/** The first `code` of `[at, end)`; `end` or more when there is none. */
// @ts-ignore: decorator
@inline
export function findByte(at: usize, end: usize, code: u8): usize {
  while (at < end) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(at), i8x16.splat(code)));
    if (found) return at + ctz(found);
    at += 16;
  }
  return end;
}

/** The quote that closes the string whose text begins at `at`: one behind an even number of backslashes. */
export function endOfString(at: usize, end: usize): usize {
  const first = at;
  for (;;) {
    const quote = findByte(at, end, 34);
    if (quote >= end) return end;
    let backslash = quote;
    while (backslash > first && byte(backslash - 1) == 92) backslash--;
    if (((quote - backslash) & 1) == 0) return quote;
    at = quote + 1;
  }
  return end;
}

/** Copies whole vectors, up to 15 bytes too many: for short pieces `memory.copy` was measured to cost more. */
// @ts-ignore: decorator
@inline
export function copy(to: usize, from: usize, length: usize): void {
  for (let at: usize = 0; at < length; at += 16) v128.store(to + at, v128.load(from + at));
}

/** 16 bytes of ones, then 16 of zeros. */
const MASK = memory.data<u8>(
  [
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  ],
  16,
);

/** The vector at `at` with all but its first `length` bytes zero. */
// @ts-ignore: decorator
@inline
export function firstBytes(at: usize, length: usize): v128 {
  return v128.and(v128.load(at), v128.load(MASK + 16 - length));
}

// @ts-ignore: decorator
@inline
export function mix(a: u64, b: u64): u64 {
  let h = (a ^ 0x9e3779b97f4a7c15) * 0xd6e8feb86659fd93;
  h ^= h >> 32;
  h = (h ^ b) * 0xa0761d6478bd642f;
  return h ^ (h >> 29);
}
