import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { missingInput } from "../input/input-error.ts";
import { HostbleedError } from "../model/errors.ts";
import { systemReason } from "../model/system-reason.ts";

/**
 * The text of a file that the user named.
 * @throws {HostbleedError} `input-missing`, `input-unreadable`
 */
export function readInput(file: string, cwd: string): string {
  try {
    return readFileSync(resolve(cwd, file), "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") throw missingInput(file);
    throw new HostbleedError("input-unreadable", `${file}: ${systemReason(error)}`);
  }
}
