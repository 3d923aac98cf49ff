const ZERO = 0x30;
const COLON = 0x3a;
const DOT = 0x2e;
const SPACE = 0x20;
/** Digits of a time since 1970: fewer are another number. */
const EPOCH_DIGITS = 9;

/**
 * Seconds of the stamp that stands at `from`: of the day for `12:00:00.123456 `, since 1970 for `1700000000.123456 `;
 * null for anything else.
 */
export function stampAt(bytes: Uint8Array, from: number): number | null {
  let at = from;
  let seconds = 0;
  if (bytes[from + 2] === COLON) {
    for (let field = 0; field < 3; field++, at += 3) {
      const number = twoDigits(bytes, at);
      if (number < 0 || (field < 2 && bytes[at + 2] !== COLON)) return null;
      seconds = seconds * 60 + number;
    }
    at -= 1;
  } else {
    for (; isDigit(bytes[at]); at++) seconds = seconds * 10 + (bytes[at] ?? 0) - ZERO;
    if (at - from < EPOCH_DIGITS) return null;
  }
  if (bytes[at] === DOT) {
    let fraction = 0;
    let unit = 1;
    for (at += 1; isDigit(bytes[at]); at++, unit *= 10)
      fraction = fraction * 10 + (bytes[at] ?? 0) - ZERO;
    seconds += fraction / unit;
  }
  return bytes[at] === SPACE ? seconds : null;
}

function twoDigits(bytes: Uint8Array, at: number): number {
  if (!isDigit(bytes[at]) || !isDigit(bytes[at + 1])) return -1;
  return ((bytes[at] ?? 0) - ZERO) * 10 + (bytes[at + 1] ?? 0) - ZERO;
}

/** True for the code of a decimal digit. */
export function isDigit(code: number | undefined): boolean {
  return code !== undefined && code >= ZERO && code < ZERO + 10;
}
