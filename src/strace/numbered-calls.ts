/**
 * Calls that came with or after Linux 5.1 have one number on all machines but alpha. A strace older than
 * the call prints `syscall_0x1b5(...)`, until 4.20 `syscall_437(...)`, with raw arguments.
 */
const SINCE_5_1: ReadonlyMap<number, string> = new Map([
  [428, "open_tree"],
  [429, "move_mount"],
  [434, "pidfd_open"],
  [435, "clone3"],
  [436, "close_range"],
  [437, "openat2"],
  [438, "pidfd_getfd"],
  [439, "faccessat2"],
  [452, "fchmodat2"],
]);

const PREFIX = "syscall_";

/** The name of a call that strace knew by number only; the name itself for any other. */
export function knownName(name: string): string {
  if (!name.startsWith(PREFIX)) return name;
  return SINCE_5_1.get(Number(name.slice(PREFIX.length))) ?? name;
}
