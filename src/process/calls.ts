import type { AccessKind } from "../model/access.ts";
import type { Signature } from "../model/syscall.ts";

/** What a call does to the state of its process. */
export type Effect =
  /** Nothing, beyond the access that `kind` tells. */
  | "none"
  | "open"
  | "close"
  | "close-range"
  | "dup"
  | "fcntl"
  /** Makes a descriptor that has no path, or one that only -y knows. */
  | "make-fd"
  | "make-fds"
  | "receive"
  | "chdir"
  | "fchdir"
  | "getcwd"
  | "chroot"
  | "pivot-root"
  | "mount"
  | "symlink"
  | "fork"
  | "exec"
  | "unshare"
  | "setns"
  | "transfer"
  | "map"
  | "connect"
  | "io-uring"
  | "exit";

/** One row of {@link CALLS}. */
export interface CallRow extends Signature {
  readonly effect: Effect;
  /** What the tracee did with `path`; absent where that is no access. */
  readonly kind?: AccessKind;
  /** A NULL path means the descriptor itself: what `touch` does, and futimens. */
  readonly nullable?: true;
  /** Only decides something in listings of single calls (`hostbleed events`): needs no tracing to judge a build. */
  readonly idle?: true;
}

const probe = { effect: "none", kind: "probe" } as const;
const write = { effect: "none", kind: "write" } as const;
const onFd = { effect: "none", fd: 0, idle: true } as const;
const makesFd = { effect: "make-fd" } as const;
const dirPath = { dirfd: 0, path: 1 } as const;
const twoPaths = { path: 0, path2: 1 } as const;
const twoDirPaths = { dirfd: 0, path: 1, dirfd2: 2, path2: 3 } as const;

/** THE table: which calls are read, what their arguments are, and what they do. */
const ROWS = {
  open: { effect: "open", path: 0, flags: 1 },
  openat: { effect: "open", ...dirPath, flags: 2 },
  openat2: { effect: "open", ...dirPath, flags: 2 },
  creat: { effect: "open", path: 0 },
  open_by_handle_at: { effect: "open", flags: 2 },
  open_tree: { ...makesFd, ...dirPath, kind: "probe", flags: 2 },
  fspick: { ...makesFd, ...dirPath, kind: "probe", flags: 2 },

  execve: { effect: "exec", kind: "execute", path: 0, argv: 1, env: 2 },
  execveat: {
    effect: "exec",
    kind: "execute",
    ...dirPath,
    argv: 2,
    env: 3,
    flags: 4,
  },
  fork: { effect: "fork" },
  vfork: { effect: "fork" },
  clone: { effect: "fork" },
  clone3: { effect: "fork" },
  exit: { effect: "exit" },
  // As strace spelled it until 4.8, and pread64 and pwrite64 on x86-64 below.
  _exit: { effect: "exit" },
  exit_group: { effect: "exit" },

  chdir: { effect: "chdir", kind: "enter", path: 0 },
  fchdir: { effect: "fchdir", fd: 0 },
  getcwd: { effect: "getcwd", out: 0 },
  chroot: { effect: "chroot", kind: "enter", path: 0 },
  pivot_root: { effect: "pivot-root", ...twoPaths },
  unshare: { effect: "unshare", flags: 0 },
  setns: { effect: "setns", fd: 0, flags: 1 },
  mount: { effect: "mount", kind: "mount", target: 0, path: 1 },
  umount2: { effect: "none", path: 0 },
  umount: { effect: "none", path: 0 },
  move_mount: { effect: "none", ...twoDirPaths },

  close: { effect: "close", fd: 0 },
  close_range: { effect: "close-range" },
  dup: { effect: "dup", fd: 0 },
  dup2: { effect: "dup", fd: 0 },
  dup3: { effect: "dup", fd: 0, flags: 2 },
  fcntl: { effect: "fcntl", fd: 0, flags: 1 },
  fcntl64: { effect: "fcntl", fd: 0, flags: 1 },
  pipe: { effect: "make-fds", made: 0 },
  pipe2: { effect: "make-fds", made: 0 },
  socketpair: { effect: "make-fds", made: 3 },
  socket: makesFd,
  accept: makesFd,
  accept4: makesFd,
  epoll_create: makesFd,
  epoll_create1: makesFd,
  eventfd: makesFd,
  eventfd2: makesFd,
  signalfd: makesFd,
  signalfd4: makesFd,
  timerfd_create: makesFd,
  inotify_init: makesFd,
  inotify_init1: makesFd,
  fanotify_init: makesFd,
  memfd_create: makesFd,
  memfd_secret: makesFd,
  userfaultfd: makesFd,
  pidfd_open: makesFd,
  pidfd_getfd: makesFd,
  perf_event_open: makesFd,
  bpf: makesFd,
  mq_open: makesFd,
  fsopen: makesFd,
  fsmount: makesFd,
  landlock_create_ruleset: makesFd,
  io_uring_setup: makesFd,
  io_uring_enter: { effect: "io-uring" },
  recvmsg: { effect: "receive", fd: 0 },

  read: { effect: "transfer", fd: 0, content: 1, size: 2 },
  pread64: { effect: "transfer", fd: 0, content: 1, size: 2 },
  pread: { effect: "transfer", fd: 0, content: 1, size: 2 },
  readv: { effect: "transfer", fd: 0 },
  preadv: { effect: "transfer", fd: 0 },
  preadv2: { effect: "transfer", fd: 0 },
  write: { effect: "transfer", fd: 0, content: 1, size: 2 },
  pwrite64: { effect: "transfer", fd: 0, content: 1, size: 2 },
  pwrite: { effect: "transfer", fd: 0, content: 1, size: 2 },
  writev: { effect: "transfer", fd: 0 },
  pwritev: { effect: "transfer", fd: 0 },
  pwritev2: { effect: "transfer", fd: 0 },
  // Copies inside the kernel, told as writes to where they go: cp and cat move whole files so.
  sendfile: { effect: "transfer", fd: 0 },
  sendfile64: { effect: "transfer", fd: 0 },
  copy_file_range: { effect: "transfer", fd: 2 },
  mmap: { effect: "map", flags: 3, fd: 4 },
  mmap2: { effect: "map", flags: 3, fd: 4 },
  connect: { effect: "connect", kind: "connect", fd: 0, address: 1 },

  stat: { ...probe, path: 0 },
  stat64: { ...probe, path: 0 },
  oldstat: { ...probe, path: 0 },
  lstat: { ...probe, path: 0 },
  lstat64: { ...probe, path: 0 },
  oldlstat: { ...probe, path: 0 },
  newfstatat: { ...probe, ...dirPath, flags: 3 },
  fstatat64: { ...probe, ...dirPath, flags: 3 },
  statx: { ...probe, ...dirPath, flags: 2 },
  statfs: { ...probe, path: 0 },
  statfs64: { ...probe, path: 0 },
  access: { ...probe, path: 0 },
  faccessat: { ...probe, ...dirPath, flags: 3 },
  faccessat2: { ...probe, ...dirPath, flags: 3 },
  getxattr: { ...probe, path: 0 },
  lgetxattr: { ...probe, path: 0 },
  listxattr: { ...probe, path: 0 },
  llistxattr: { ...probe, path: 0 },
  name_to_handle_at: { ...probe, ...dirPath, flags: 4 },
  inotify_add_watch: { ...probe, fd: 0, path: 1 },
  readlink: { effect: "none", kind: "readlink", path: 0, out: 1 },
  readlinkat: { effect: "none", kind: "readlink", ...dirPath, out: 2 },

  rename: { effect: "none", kind: "rename", ...twoPaths },
  renameat: { effect: "none", kind: "rename", ...twoDirPaths },
  renameat2: { effect: "none", kind: "rename", ...twoDirPaths },
  link: { effect: "none", kind: "link", ...twoPaths },
  linkat: { effect: "none", kind: "link", ...twoDirPaths, flags: 4 },
  symlink: { effect: "symlink", kind: "symlink", target: 0, path2: 1 },
  symlinkat: {
    effect: "symlink",
    kind: "symlink",
    target: 0,
    dirfd2: 1,
    path2: 2,
  },
  unlink: { effect: "none", kind: "remove", path: 0 },
  unlinkat: { effect: "none", kind: "remove", ...dirPath },
  rmdir: { effect: "none", kind: "remove", path: 0 },
  mkdir: { effect: "none", kind: "mkdir", path: 0 },
  mkdirat: { effect: "none", kind: "mkdir", ...dirPath },

  truncate: { ...write, path: 0 },
  truncate64: { ...write, path: 0 },
  chmod: { ...write, path: 0 },
  fchmodat: { ...write, ...dirPath },
  fchmodat2: { ...write, ...dirPath, flags: 3 },
  chown: { ...write, path: 0 },
  chown32: { ...write, path: 0 },
  lchown: { ...write, path: 0 },
  lchown32: { ...write, path: 0 },
  fchownat: { ...write, ...dirPath, flags: 4 },
  utime: { ...write, path: 0 },
  utimes: { ...write, path: 0 },
  futimesat: { ...write, ...dirPath },
  utimensat: { ...write, ...dirPath, flags: 3, nullable: true },
  utimensat_time64: { ...write, ...dirPath, flags: 3, nullable: true },
  mknod: { ...write, path: 0 },
  mknodat: { ...write, ...dirPath },
  setxattr: { ...write, path: 0 },
  lsetxattr: { ...write, path: 0 },
  removexattr: { ...write, path: 0 },
  lremovexattr: { ...write, path: 0 },

  fstat: onFd,
  fstat64: onFd,
  oldfstat: onFd,
  fstatfs: onFd,
  fstatfs64: onFd,
  ftruncate: onFd,
  ftruncate64: onFd,
  fchmod: onFd,
  fchown: onFd,
  fchown32: onFd,
  fsync: onFd,
  fdatasync: onFd,
  lseek: onFd,
  _llseek: onFd,
  llseek: onFd,
  getdents: onFd,
  getdents64: onFd,
  flock: onFd,
} as const satisfies Record<string, CallRow>;

/** Every call that is read, by the name that strace prints. */
export const CALLS: ReadonlyMap<string, CallRow> = uniform(ROWS);

/** Rows with the same fields in the same order: V8 reads those several times faster than seventy shapes. */
function uniform(rows: Readonly<Record<string, CallRow>>): ReadonlyMap<string, CallRow> {
  const fields = [...new Set(Object.values(rows).flatMap((row) => Object.keys(row)))].sort();
  const blank = Object.fromEntries(fields.map((field) => [field, undefined]));
  return new Map(Object.entries(rows).map(([name, row]) => [name, { ...blank, ...row }]));
}

/** The calls that a judgement needs: {@link CALLS} without those that only `hostbleed events` lists. */
export const JUDGED_CALLS: ReadonlyMap<string, CallRow> = new Map(
  [...CALLS].filter(([, row]) => !row.idle),
);

/**
 * What `hostbleed run` traces. File content stays out: each read and write of a build would stop its process,
 * and fill the log, for little that paths do not tell (see benchmarks/NOTES.md, "What strace costs").
 */
export const RECORDED_CALLS: readonly string[] = [...JUDGED_CALLS]
  .filter(([, { effect }]) => effect !== "transfer")
  .map(([name]) => name);
