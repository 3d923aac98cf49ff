import type { ByteString } from "../model/byte-string.ts";
import { type PathId, UNKNOWN_PATH } from "../model/path-table.ts";
import type { Syscall } from "../model/syscall.ts";
import type { Environment, Tracee } from "../model/tracee.ts";
import type { FdTable } from "./fd-table.ts";

/** Working folder and root of one fs_struct: threads share one, fork copies it. */
export class Folder {
  #cwd: PathId;
  #settled = true;
  /** What `/` means to the process; UNKNOWN_PATH after a chroot to who knows where. */
  root: PathId;
  users = 1;
  /** Folders that may be this very one: made by a clone whose flags the log does not show. */
  maybeSame: Folder[] | null = null;

  constructor(cwd: PathId, root: PathId) {
    this.#cwd = cwd;
    this.root = root;
  }

  get cwd(): PathId {
    return this.#cwd;
  }

  set cwd(path: PathId) {
    if (this.#settled) this.#cwd = path;
  }

  enter(path: PathId): void {
    this.cwd = path;
    if (this.maybeSame) for (const other of this.maybeSame) other.cwd = UNKNOWN_PATH;
  }

  /** From now on the folder is unknown: others change it, at times that the log does not show. */
  unsettle(): void {
    this.#cwd = UNKNOWN_PATH;
    this.#settled = false;
  }

  copy(): Folder {
    return new Folder(this.cwd, this.root);
  }
}

/** The {@link Tracee} that the process stage keeps up to date. */
export class LiveTracee implements Tracee {
  pid: number | null;
  readonly generation: number;
  readonly parent: Tracee | null;
  readonly born: Tracee["born"];
  readonly program: ByteString | null;
  readonly argv: readonly ByteString[] | null;
  readonly argvTruncated: boolean;
  readonly environment: Environment | null;
  readonly line: number;
  folder: Folder;
  context: unknown = null;
  /** Threads that live. */
  threads = 1;

  constructor(
    origin: Pick<Tracee, "pid" | "generation" | "parent" | "born" | "line">,
    image: ProgramImage,
    folder: Folder,
  ) {
    this.pid = origin.pid;
    this.generation = origin.generation;
    this.parent = origin.parent;
    this.born = origin.born;
    this.line = origin.line;
    this.program = image.program;
    this.argv = image.argv;
    this.argvTruncated = image.argvTruncated;
    this.environment = image.environment;
    this.folder = folder;
  }

  get cwd(): PathId {
    return this.folder.cwd;
  }
}

/** What an exec sets and a fork inherits. */
export type ProgramImage = Pick<
  Tracee,
  "program" | "argv" | "argvTruncated" | "environment"
>;

/** The image of a process whose exec the log does not show. */
export const UNSEEN_IMAGE: ProgramImage = {
  program: null,
  argv: null,
  argvTruncated: false,
  environment: null,
};

/** What was known of a call's paths when it began: they are seen from the folder of that moment. */
export interface Seen {
  line: number;
  path: PathId;
  requested: PathId;
  to: PathId;
  /** What the descriptor argument is open on. */
  fdPath: PathId;
}

/** One thread as the kernel schedules it: a pid of the log. */
export class Task {
  pid: number | null;
  tracee: LiveTracee;
  folder: Folder;
  files: FdTable;
  /** The call that the task is inside of, when the log split it. */
  inside: Seen | null = null;
  /** The first half of an exec: in a `strace -ff` set the other half can be in another file. */
  replacing: Syscall | null = null;
  /** The flags of the fork that the task is inside of: null when unknown; undefined outside of a fork. */
  forking: number | null | undefined = undefined;
  /** True when the fork that made it was seen. */
  readonly hasParent: boolean;
  readonly firstLine: number;
  /** True once strace wrote a line about it. A child that its parent's fork named counts for labels only then. */
  shown = false;
  /** True once exit or exit_group was called: with -qq no other line follows. */
  leaving = false;

  constructor(
    pid: number | null,
    tracee: LiveTracee,
    folder: Folder,
    files: FdTable,
    firstLine: number,
    hasParent: boolean,
  ) {
    this.pid = pid;
    this.tracee = tracee;
    this.folder = folder;
    this.files = files;
    this.firstLine = firstLine;
    this.hasParent = hasParent;
  }
}
