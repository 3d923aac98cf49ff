import type { ByteString } from "../model/byte-string.ts";
import type { PathId } from "../model/path-table.ts";
import type { Environment, Tracee } from "../model/tracee.ts";
import type { Folder } from "./folder.ts";
import type { Task } from "./task.ts";

/** What an exec sets and a fork inherits. */
export type ProgramImage = Pick<Tracee, "program" | "argv" | "argvTruncated" | "environment">;

/** The image of a process whose exec the log does not show. */
export const UNSEEN_IMAGE: ProgramImage = {
  program: null,
  argv: null,
  argvTruncated: false,
  environment: null,
};

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
  context: unknown = null;
  /** Its threads that live. */
  readonly tasks: Set<Task> = new Set();
  /** True once it opened something that the dynamic loader would not: see {@link LoaderWatch}. */
  busy = false;
  /** True once it had a look at `.` from a folder that is not known: see {@link LikelyFolders}. */
  hasLookedAround = false;
  /** Made by an exec whose end was not seen. */
  isBelieved = false;
  /** How many processes had been born when it was last heard of. */
  heard = 0;
  /** Its share of memory, see {@link weightOf}: a fork shares the arguments of its parent. */
  weight = 1;
  /** What `/` meant when it began. */
  readonly firstRoot: PathId;
  #folder: Folder;

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
    this.firstRoot = folder.root;
    this.#folder = folder;
  }

  get cwd(): PathId {
    return this.#folder.cwd;
  }

  get root(): PathId {
    return this.#folder.root;
  }

  /** Takes a folder of its own (unshare). */
  moveTo(folder: Folder): void {
    this.#folder = folder;
  }
}
