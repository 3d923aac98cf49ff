import { accessSync, constants, statSync } from "node:fs";
import { constants as system } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { HostbleedError } from "../model/errors.ts";

/** How a command ended. */
export interface CommandEnd {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The exit code that a shell would show: 128 and the signal's number, for a command that a signal killed. */
export function exitStatus({ status, signal }: CommandEnd): number {
  if (status !== null) return status;
  return 128 + (signal === null ? 0 : system.signals[signal]);
}

/**
 * Makes sure that a command can be run, before strace complains in its own words.
 * @throws HostbleedError `command-missing`, `command-unusable`: 127 and 126, as env and nohup have it
 */
export function requireCommand(
  name: string,
  { cwd, path }: { readonly cwd: string; readonly path: string },
): void {
  const candidates = name.includes("/")
    ? [resolve(cwd, name)]
    : path.split(delimiter).map((folder) => join(resolve(cwd, folder), name));
  const files = candidates.filter((file) => kindOf(file) === "file");
  if (files.some(mayExecute)) return;
  if (files[0] !== undefined)
    throw new HostbleedError("command-unusable", `${files[0]} is not executable`);
  if (name.includes("/") && kindOf(resolve(cwd, name)) === "other")
    throw new HostbleedError("command-unusable", `${resolve(cwd, name)} is no regular file`);
  throw new HostbleedError("command-missing", name);
}

/** Null for what is not there, and for what nobody may look at: PATH may have the folders of another user in it, or no folders. */
function kindOf(file: string): "file" | "other" | null {
  try {
    return statSync(file).isFile() ? "file" : "other";
  } catch {
    return null;
  }
}

function mayExecute(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
