import { expect, test } from "vitest";
import { endsWhole } from "../../src/model/line-end.ts";

test.each([
  'openat(AT_FDCWD, "/a", O_RDONLY) = 3',
  '[pid 7] openat(AT_FDCWD, "/a", O_RDONLY) = 3</usr/include/a.h>',
  '7 12:00:01 openat(AT_FDCWD, "/a", O_RDONLY) = -1 ENOENT (No such file or directory)',
  'access("/a", R_OK)    = 0 <0.000012>',
  "mmap(NULL, 8, PROT_READ, MAP_PRIVATE, 3, 0) = 0x7f2bc1",
  "rt_sigaction(SIGINT, NULL, {sa_handler=SIG_DFL}, 8) = 0 (INJECTED: args)",
  "wait4(-1, 0x7ffc, 0, NULL) = ? ERESTARTSYS (To be restarted if SA_RESTART is set)",
  "exit_group(0) = ?",
  'openat(AT_FDCWD, "/a", O_RDONLY <unfinished ...>',
  "<... openat resumed>) = 3",
  "+++ exited with 0 +++",
  "7 +++ killed by SIGKILL +++",
  "--- SIGCHLD {si_signo=SIGCHLD, si_pid=8} ---",
  'openat(AT_FDCWD, "/a", O_RDONLY) = 3\r',
])("%s ends a log", (line) => {
  expect(endsWhole(line)).toBe(true);
});

test.each([
  "",
  "[pid 7",
  "openat(AT_FDCWD, ",
  'openat(AT_FDCWD, "/usr/inc',
  'openat(AT_FDCWD, "/usr/(a)',
  'openat(AT_FDCWD, "/a", O_RDONLY)',
  'openat(AT_FDCWD, "/a", O_RDONLY) =',
  'openat(AT_FDCWD, "/a", O_RDONLY) = ',
  'openat(AT_FDCWD, "/a", O_RDONLY) = -1',
  'openat(AT_FDCWD, "/a", O_RDONLY) = -1 ENO',
  'openat(AT_FDCWD, "/a", O_RDONLY) = -1 ENOENT (No such',
  'openat(AT_FDCWD, "/a", O_RDONLY) = 3</usr/inc',
  'access("/a", R_OK) = 0 <0.00',
  "mmap(NULL, 8, PROT_READ, MAP_PRIVATE, 3, 0) = 0x",
  "<... openat resumed>",
  "+++ exited with 0",
  "+++ exited with 0 ++",
  "--- SIGCHLD {si_signo=SIGCHLD}",
  "7 +++",
  "7 +++ ",
  "7 --- ",
  'openat(AT_FDCWD, "/a", O_RDONLY) = 3 ',
  "make: *** [all] Error 1",
])("%s does not", (line) => {
  expect(endsWhole(line)).toBe(false);
});

test("where results say how long they took, one that does not is cut", () => {
  const call = 'openat(AT_FDCWD, "/a", O_RDONLY) = 3';
  expect(endsWhole(call, true)).toBe(false);
  expect(endsWhole(`${call} <0.0`, true)).toBe(false);
  expect(endsWhole(`${call} <0.000012>`, true)).toBe(true);
  expect(endsWhole("+++ exited with 0 +++", true)).toBe(true);
});
