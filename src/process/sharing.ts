import { FdTable } from "./fd-table.ts";
import { CLONE } from "./flags.ts";
import type { Folder } from "./folder.ts";
import type { Task } from "./task.ts";

/** What a new task gets from the one that made it. */
export interface Inheritance {
  readonly folder: Folder;
  readonly files: FdTable;
  /** True for a thread: it belongs to its maker's process. */
  readonly thread: boolean;
}

/**
 * What a fork with these flags shares and what it copies. Null flags are flags that the log does not show:
 * then both are copies, and each forgets what the other changes.
 */
export function inherit(parent: Task, flags: number | null, disorder: boolean): Inheritance {
  const shares = (bit: number): boolean => flags !== null && (flags & bit) !== 0;
  const folder = shares(CLONE.fs) ? parent.folder : parent.folder.copy();
  if (shares(CLONE.newNamespace)) folder.mounts = folder.mounts.copy();
  if (folder === parent.folder) folder.users += 1;
  else if (flags === null) folder.link(parent.folder);
  let { files } = parent;
  if (flags !== null && !shares(CLONE.files)) {
    files = files.copy();
  } else if (flags !== null && !disorder) {
    files.users += 1;
  } else {
    // Shared in an order that nobody knows, or shared perhaps: only what each opens itself is sure.
    files = disorder ? new FdTable() : files.copy();
    files.link(parent.files);
  }
  return { folder, files, thread: shares(CLONE.thread) };
}

/** Lets go of what a task had: it ended, or took something else. */
export function release(task: Task): void {
  task.folder.users -= 1;
  if (task.folder.users === 0) task.folder.unlink();
  task.files.users -= 1;
  if (task.files.users === 0) task.files.unlink();
}
