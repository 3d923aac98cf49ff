import { byte, isDigit } from "./bytes.as";

/** The pid of the line that was read last. */
export let leaderPid: i32 = -1;

/** What the line before began with: most lines have the same pid as the one before. */
let cachedMask: u64 = 0;
let cachedStart: u64 = 1;
let cachedPid: i32 = -1;
let cachedLength: usize = 0;

/** Reads `1234 ` or `[pid 1234] ` and a time; returns where the call begins, 0 for any other leader. */
// @ts-ignore: decorator
@inline
export function readLeader(line: usize): usize {
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
    cachedMask = length == 8 ? ~(<u64>0) : ((<u64>1) << (8 * <u64>length)) - 1;
    cachedStart = start & cachedMask;
    cachedPid = pid;
    cachedLength = length;
  }
  return at + 1;
}

/** Behind `12:00:00.123456 ` or `1700000000.123456 `; 0 when something else stands here. */
// @ts-ignore: decorator
@inline
function skipTime(at: usize): usize {
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
