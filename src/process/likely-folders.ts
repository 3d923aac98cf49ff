import { type ByteString, detached } from "../model/byte-string.ts";
import { type PathId, type PathTable, UNKNOWN_PATH } from "../model/path-table.ts";
import type { Syscall } from "../model/syscall.ts";
import type { Tracee } from "../model/tracee.ts";
import type { Resolver } from "./resolver.ts";
import type { Task } from "./task.ts";

/** Shells that trust `$PWD` if it is the folder that they start in (POSIX, `pwd -L`). */
const SHELL = /(?:^|\/)(?:(?:ba|da|a|k|mk|z)?sh|busybox)$/;

/**
 * gnulib's savewd, in install -D and mkdir -p: goes down by one chdir for each folder, makes them, and comes back by an
 * fchdir, which `-e trace=%file` hides.
 */
const COMES_BACK = /(?:^|\/)(?:g?install|g?mkdir)$/;

const CHROOT = /(?:^|\/)s?bin\/chroot$/;

/**
 * Learns where the first processes of a log are, which only a getcwd or `-y` would say outright: likely, not proven.
 * All that they start inherits it.
 */
export class LikelyFolders {
  readonly #paths: PathTable;
  readonly #resolver: Resolver;
  readonly #here: PathId;

  constructor(paths: PathTable, resolver: Resolver) {
    this.#paths = paths;
    this.#resolver = resolver;
    this.#here = paths.intern(".");
  }

  /**
   * The first exec tells where it happens, before its own path is looked up: `./build.sh` lies there. What chroot(8) starts
   * is in the root that its arguments name, where the log does not show chroot(2): `-e trace=openat,execve`.
   */
  executes({ folder, tracee }: Task, call: Syscall): void {
    const said = folder.root === tracee.firstRoot ? newRootOf(tracee) : null;
    if (said !== null) {
      folder.root = this.#resolver.resolve(folder.root, folder.cwd, this.#paths.intern(said));
      folder.enter(folder.root);
    }
    if (folder.cwd !== UNKNOWN_PATH || tracee.parent !== null) return;
    const pwd = pwdOf(call);
    if (pwd !== null) folder.learn(this.#paths.intern(pwd));
  }

  /** True for a program that is in its old folder again before it opens anything, by calls that the log may hide. */
  comesBack({ tracee }: Task): boolean {
    return COMES_BACK.test(tracee.program ?? "");
  }

  /**
   * A stat tells, by a task that is who knows where. As a shell starts, it looks at `$PWD` and right after it at `.`, and
   * calls getcwd only if they differ, which then says more.
   */
  looks(task: Task, path: PathId, requested: PathId, found: boolean): void {
    const { tracee, folder } = task;
    if (folder.cwd !== UNKNOWN_PATH) return;
    const before = task.lookedAt;
    task.lookedAt = found ? path : UNKNOWN_PATH;
    if (requested !== this.#here || tracee.hasLookedAround) return;
    tracee.hasLookedAround = true;
    if (!found || before === UNKNOWN_PATH || tracee.born !== "exec") return;
    if (SHELL.test(tracee.program ?? "")) folder.learn(before);
  }
}

/** What chroot(8) was asked to make the root: its first operand. Null for any other program. */
function newRootOf({ program, argv, argvTruncated }: Tracee): ByteString | null {
  if (program === null || argv === null || argvTruncated || !CHROOT.test(program)) return null;
  // busybox has its applet's name for a first word.
  const [, ...words] = argv[0] === "busybox" ? argv.slice(1) : argv;
  return words.find((word) => !word.startsWith("-")) ?? null;
}

/** The folder that the shell was in, by the environment of an exec (-v). */
function pwdOf(call: Syscall): ByteString | null {
  for (const { bytes, truncated } of call.env?.items ?? []) {
    if (!bytes.startsWith("PWD=/") || truncated) continue;
    // Bazel says /proc/self/cwd instead, so that products are the same wherever they are made.
    return bytes.startsWith("PWD=/proc/") ? null : detached(bytes.slice("PWD=".length));
  }
  return null;
}
