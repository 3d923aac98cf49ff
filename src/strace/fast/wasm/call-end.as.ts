import { byte, isDigit } from "./bytes.as";

/** The last ` = ` of `[from, end)`: the index of its `=`, 0 without. */
// @ts-ignore: decorator
@inline
export function findEquals(from: usize, end: usize): usize {
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
@inline
export function withoutDuration(end: usize): usize {
  if (byte(end - 1) != 62) return end;
  let at = end - 2;
  while (isDigit(byte(at)) || byte(at) == 46) at--;
  return at < end - 2 && byte(at) == 60 && byte(at - 1) == 32 ? at - 1 : end;
}
