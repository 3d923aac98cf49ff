/** Codes of the bytes that the format of strace is made of. */
export const NEWLINE = 0x0a;
export const RETURN = 0x0d;
export const ESCAPE = 0x1b;
export const SPACE = 0x20;
export const QUOTE = 0x22;
export const LEFT_PARENTHESIS = 0x28;
export const RIGHT_PARENTHESIS = 0x29;
export const ASTERISK = 0x2a;
export const PLUS = 0x2b;
export const COMMA = 0x2c;
export const MINUS = 0x2d;
export const DOT = 0x2e;
export const SLASH = 0x2f;
export const ZERO = 0x30;
export const COLON = 0x3a;
export const LESS = 0x3c;
export const EQUALS = 0x3d;
export const GREATER = 0x3e;
export const QUESTION = 0x3f;
export const UPPER_A = 0x41;
export const UPPER_E = 0x45;
export const UPPER_Z = 0x5a;
export const LEFT_BRACKET = 0x5b;
export const BACKSLASH = 0x5c;
export const RIGHT_BRACKET = 0x5d;
export const UNDERSCORE = 0x5f;
export const LOWER_A = 0x61;
export const LOWER_D = 0x64;
export const LOWER_X = 0x78;
export const LOWER_Z = 0x7a;
export const LEFT_BRACE = 0x7b;
export const BAR = 0x7c;
export const RIGHT_BRACE = 0x7d;

/** True for `0` to `9`; also false for the NaN that charCodeAt gives behind the end. */
export function isDigit(code: number): boolean {
  return code >= ZERO && code <= 0x39;
}
