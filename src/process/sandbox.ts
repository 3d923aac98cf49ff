import { parentFolder } from "../model/path.ts";
import { type PathId, UNKNOWN_PATH } from "../model/path-table.ts";
import type { Syscall } from "../model/syscall.ts";
import type { World } from "./effects.ts";
import { bitsOf } from "./flags.ts";
import type { Seen, Task } from "./task.ts";

/** Bits of mount(2), for `-e raw`. */
const MS = { remount: 0x20, bind: 0x1000, move: 0x2000, propagation: 0x1e_0000 } as const;
const NAMES: readonly (readonly [string, number])[] = [
  ["MS_REMOUNT", MS.remount],
  ["MS_BIND", MS.bind],
  ["MS_MOVE", MS.move],
  ["MS_UNBINDABLE", MS.propagation],
  ["MS_PRIVATE", MS.propagation],
  ["MS_SLAVE", MS.propagation],
  ["MS_SHARED", MS.propagation],
];

/** Something is at a place from now on: a folder that has another name, or a file system of its own. */
export function mount(world: World, task: Task, call: Syscall, seen: Seen): void {
  const { mounts } = task.folder;
  const flags = bitsOf(call.args[3] ?? "", NAMES);
  if ((flags & (MS.remount | MS.propagation)) !== 0) return;
  const place = mounts.place(unfollowed(world, task, seen.requested));
  if ((flags & (MS.bind | MS.move)) === 0) mounts.cover(place);
  else mounts.bind(place, mounts.follow(sourceOf(world, task, call)));
}

/** A link in a root that was made for a sandbox (`bubblewrap --symlink usr/lib /lib`); others, a listener follows. */
export function symlink(world: World, task: Task, call: Syscall): void {
  const { root, mounts } = task.folder;
  const [target, link] = [call.target, call.path2];
  if (root === world.resolver.root || !target || !link || target.truncated) return;
  if (call.name !== "symlink" && call.dirfd2?.fd !== "cwd") return;
  const { paths, resolver } = world;
  const place = mounts.place(unfollowed(world, task, paths.intern(link.bytes)));
  const folder = paths.intern(parentFolder(paths.text(place)));
  mounts.bind(place, resolver.resolve(root, folder, paths.intern(target.bytes)));
}

/** The namespace gets another root, and what it had is below the second path. */
export function pivotRoot(world: World, task: Task, call: Syscall, seen: Seen): void {
  const { folder } = task;
  // Nobody does it in the machine's own namespace: the call that made this one is not in the log.
  if (!folder.mounts.isOwn) folder.mounts = folder.mounts.copy();
  const second = call.path2 ? world.paths.intern(call.path2.bytes) : UNKNOWN_PATH;
  const place = folder.mounts.place(unfollowed(world, task, second));
  if (folder.mounts.pivot(seen.path, place, folder.root)) {
    folder.root = seen.path;
    return;
  }
  folder.root = UNKNOWN_PATH;
  folder.enter(UNKNOWN_PATH);
}

/** Where a path leads that no mount changes. */
function unfollowed(world: World, { folder }: Task, path: PathId): PathId {
  return path === UNKNOWN_PATH ? path : world.resolver.resolve(folder.root, folder.cwd, path);
}

function sourceOf(world: World, task: Task, { target }: Syscall): PathId {
  if (!target || target.truncated) return UNKNOWN_PATH;
  return unfollowed(world, task, world.paths.intern(target.bytes));
}
