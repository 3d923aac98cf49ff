import { HostbleedError } from "../model/errors.ts";
import { systemReason } from "../model/system-reason.ts";

/** The error for a name that the system refuses to open or to read; a HostbleedError stays what it is, with the name where that lacks. */
export function cannotRead(name: string, error: unknown): HostbleedError {
  if (error instanceof HostbleedError)
    return error.code === "decompressor-missing"
      ? new HostbleedError(error.code, `${name}: ${error.message}`, error.hint)
      : error;
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "ENOENT" || code === "ENOTDIR") return missingInput(name);
  return new HostbleedError("input-unreadable", `${name}: ${systemReason(error)}`);
}

/** The error for a name that stands for nothing. */
export function missingInput(name: string): HostbleedError {
  // Node hands arguments over as text: what is no UTF-8 has lost its bytes.
  if (name.includes("\ufffd"))
    return new HostbleedError(
      "input-missing",
      `${name}: its name seems to be no UTF-8`,
      "rename it, or give it to stdin: hostbleed check < FILE",
    );
  return new HostbleedError("input-missing", `${name}: no such file or folder`);
}

/** The error for an input without a single byte. */
export function emptyInput(name: string): HostbleedError {
  return new HostbleedError("input-empty", `${name} is empty`);
}
