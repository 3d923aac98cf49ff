import { type PathId, UNKNOWN_PATH } from "../model/path-table.ts";
import type { Effect } from "./calls.ts";
import { Folder } from "./folder.ts";
import type { Task } from "./task.ts";

/** More than these are hardly ever in one folder. */
const MOST_TASKS = 256;

/**
 * Where a process begins whose fork the log does not show (`-e trace=%file`): one of those that live has made it,
 * so where all of them are, it is too. Likely, not proven: its maker may have ended before its first line, or be one
 * whose own folder nobody knows.
 */
export class BirthPlaces {
  #showsForks = false;
  #showsFolders = false;
  /** Some process may have another root than the first one. */
  #showsRoots = false;

  /** The log shows forks: who made whom need not be guessed. */
  sawFork(): void {
    this.#showsForks = true;
  }

  /** Takes note of calls that show how folders change: where nothing is said of it, nothing changed. */
  saw(effect: Effect): void {
    switch (effect) {
      case "chdir":
      case "getcwd":
        this.#showsFolders = true;
        break;
      case "chroot":
      case "pivot-root":
      case "setns":
        this.#showsRoots = true;
    }
  }

  /**
   * The folder that all `tasks`, about `count`, are in whose folder is known, for one more; null when there are
   * several, or the log tells nothing of folders. Where only some have another root (chroot, containers), nothing is known of a new one.
   */
  folderAmong(tasks: Iterable<Task>, count: number): Folder | null {
    if (this.#showsForks || count > MOST_TASKS) return null;
    // In a log of opens alone, each new process would ask all that live.
    if (!this.#showsFolders && !this.#showsRoots) return null;
    let first: Folder | null = null;
    let cwd: PathId = UNKNOWN_PATH;
    let sharesRoot = true;
    let sharesCwd = true;
    for (const { folder } of tasks) {
      first ??= folder;
      if (folder.root !== first.root || folder.mounts !== first.mounts) sharesRoot = false;
      if (folder.cwd === UNKNOWN_PATH) continue;
      if (cwd === UNKNOWN_PATH) cwd = folder.cwd;
      else if (folder.cwd !== cwd) sharesCwd = false;
    }
    if (first === null) return null;
    const { root, mounts } = first;
    if (!sharesRoot) return new Folder(UNKNOWN_PATH, UNKNOWN_PATH, mounts);
    return new Folder(this.#showsFolders && sharesCwd ? cwd : UNKNOWN_PATH, root, mounts);
  }
}
