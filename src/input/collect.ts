import { type Stats, statSync } from "node:fs";
import { dirname } from "node:path";
import { HostbleedError } from "../model/errors.ts";
import type { TraceSource } from "../model/trace-source.ts";
import { readFfName } from "./ff-name.ts";
import { type FolderEntry, readFolder, readSet } from "./folder.ts";
import { expandGlob, isGlob } from "./glob.ts";
import { cannotRead, emptyInput, missingInput } from "./input-error.ts";
import { traceFile } from "./trace-file.ts";
import { type Stdin, traceStdin } from "./trace-stdin.ts";

/** What {@link collectSources} may use besides the arguments. */
export interface CollectOptions {
  readonly stdin: Stdin;
}

/**
 * The logs that command-line arguments name, in their order and each once: files, folders, globs, the NAME
 * of a `strace -ff -o NAME`, and `-` (or nothing, when something is piped in) for standard input.
 * Nothing is read here but the first bytes of a folder's files.
 * @throws HostbleedError `input-missing`, `input-unreadable`, `input-empty`, `input-no-traces`, `usage`
 */
export async function collectSources(
  args: readonly string[],
  { stdin }: CollectOptions,
): Promise<TraceSource[]> {
  if (args.length === 0 && stdin.isTTY === true) {
    throw new HostbleedError("usage", "no trace given", "name a trace, or pipe one in");
  }
  const collected = new Map<string, TraceSource>();
  for (const argument of args.length === 0 ? [STDIN] : args) {
    if (argument === STDIN) {
      collected.set(STDIN, traceStdin(stdin));
      continue;
    }
    for (const entry of entriesOf(argument)) {
      const file = statNamed(entry.path);
      if (file === null) continue;
      const identity = `${file.dev}:${file.ino}`;
      if (!collected.has(identity)) collected.set(identity, sourceOf(entry, file));
    }
  }
  const sources = [...collected.values()];
  if (sources.every((source) => source.size === 0)) throw emptyInput(args.join(", "));
  return sources;
}

const STDIN = "-";

/** What stands behind one argument; never nothing. */
function entriesOf(argument: string): readonly FolderEntry[] {
  const file = statNamed(argument);
  const found = file === null ? entriesFor(argument) : entriesAt(argument, file);
  if (found.length === 0) throw missingInput(argument);
  return found;
}

function entriesAt(path: string, file: Stats): readonly FolderEntry[] {
  if (!file.isDirectory()) return [{ path, ff: readFfName(path) }];
  const traces = readFolder(path);
  if (traces.length > 0) return traces;
  throw new HostbleedError("input-no-traces", `${path} holds no strace log`);
}

function entriesFor(argument: string): readonly FolderEntry[] {
  const set = statNamed(dirname(argument))?.isDirectory() ? readSet(argument) : [];
  if (set.length > 0 || !isGlob(argument)) return set;
  return expandGlob(argument).flatMap((path) => {
    const file = statNamed(path);
    return file === null ? [] : entriesAt(path, file);
  });
}

/** Null for a name that stands for nothing; every other refusal of the system is an error. */
function statNamed(path: string): Stats | null {
  try {
    return statSync(path);
  } catch (error) {
    const refusal = cannotRead(path, error);
    if (refusal.code === "input-missing") return null;
    throw refusal;
  }
}

function sourceOf({ path, ff }: FolderEntry, file: Stats): TraceSource {
  const size = file.isFile() ? file.size : null;
  if (size === 0 && ff === null) throw emptyInput(path);
  return traceFile({ name: path, pid: ff?.pid ?? null, set: ff?.set ?? null, size });
}
