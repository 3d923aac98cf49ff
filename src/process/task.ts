import { type PathId, UNKNOWN_PATH } from "../model/path-table.ts";
import type { Syscall } from "../model/syscall.ts";
import type { FdTable } from "./fd-table.ts";
import type { Folder } from "./folder.ts";
import type { LiveTracee } from "./live-tracee.ts";

/** What was known of a call's paths when it began: they are seen from the folder of that moment. */
export interface Seen {
  line: number;
  path: PathId;
  requested: PathId;
  to: PathId;
  /** What the descriptor argument is open on. */
  fdPath: PathId;
  /** Where a relative `path` and a relative second path begin. */
  base: PathId;
  baseTo: PathId;
}

/** One thread as the kernel schedules it: a pid of the log. */
export class Task {
  pid: number | null;
  tracee: LiveTracee;
  folder: Folder;
  files: FdTable;
  /** The call that the task is inside of, when the log split it. */
  inside: Seen | null = null;
  /** True once it was told of first halves in numbers: one that comes to its end now began in this task, and not in one before of its pid. */
  hasBegun = false;
  /** The first half of an exec: in a `strace -ff` set the other half can be in another file. */
  replacing: Syscall | null = null;
  /** The flags of the fork that the task is inside of: null when unknown; undefined outside of a fork. */
  forking: number | null | undefined = undefined;
  /** What it looked at last and found, as long as nobody knows where it is. */
  lookedAt: PathId = UNKNOWN_PATH;
  /** True when the fork that made it was seen. */
  readonly hasParent: boolean;
  /** True once it, or another thread for all, called exit: with -qq no other line follows. */
  leaving = false;
  /** True once it called exit or exit_group itself. */
  left = false;

  constructor(
    pid: number | null,
    tracee: LiveTracee,
    folder: Folder,
    files: FdTable,
    hasParent: boolean,
  ) {
    this.pid = pid;
    this.tracee = tracee;
    this.folder = folder;
    this.files = files;
    this.hasParent = hasParent;
    tracee.tasks.add(this);
  }

  /** Out of nowhere, and still what it was then: the child of any fork that names it now. */
  get isFoundling(): boolean {
    return !this.hasParent && this.tracee.generation === 0;
  }
}
