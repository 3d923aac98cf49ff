import { type Dirent, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { type FfName, readFfName } from "./ff-name.ts";
import { cannotRead } from "./input-error.ts";
import { lookAt } from "./strace-look.ts";

/** A log that a folder holds: a member of a `strace -ff` set, or one on its own. */
export interface FolderEntry {
  readonly path: string;
  readonly ff: FfName | null;
}

/**
 * The logs of a folder, one level deep: on their own first, then sets by name and their members by pid.
 * Symlinks are left alone, for the user named the folder and not what they lead to.
 */
export function readFolder(folder: string): readonly FolderEntry[] {
  const alone: FolderEntry[] = [];
  const sets = new Map<string, FolderEntry[]>();
  for (const entry of filesOf(folder)) {
    if (entry.ff === null) alone.push(entry);
    else membersOf(sets, entry.ff.set).push(entry);
  }
  const traces = alone.filter((entry) => lookAt(entry.path) === "trace");
  for (const members of sets.values()) if (isTraceSet(members)) traces.push(...members);
  return traces.sort(inOrder);
}

/** The members of the set that `strace -ff -o NAME` wrote, for a NAME that is no file itself. */
export function readSet(name: string): readonly FolderEntry[] {
  const own = basename(name);
  return filesOf(dirname(name))
    .filter(({ ff }) => ff !== null && basename(ff.set) === own)
    .sort(inOrder);
}

function filesOf(folder: string): FolderEntry[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw cannotRead(folder, error);
  }
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(folder, entry.name))
    .map((path) => ({ path, ff: readFfName(path) }));
}

/**
 * The first member with anything in it speaks for all: looking at ten thousand would take a second. One
 * that may not be read is taken, so that opening it says why: passing over it would pass over its leaks.
 */
function isTraceSet(members: readonly FolderEntry[]): boolean {
  for (const { path } of members) {
    const look = lookAt(path);
    if (look !== "empty") return look !== "other";
  }
  return false;
}

function inOrder(a: FolderEntry, b: FolderEntry): number {
  const bySet = compare(a.ff?.set ?? "", b.ff?.set ?? "");
  if (bySet !== 0) return bySet;
  return a.ff !== null && b.ff !== null ? a.ff.pid - b.ff.pid : compare(a.path, b.path);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function membersOf(sets: Map<string, FolderEntry[]>, set: string): FolderEntry[] {
  const known = sets.get(set);
  if (known !== undefined) return known;
  const members: FolderEntry[] = [];
  sets.set(set, members);
  return members;
}
