import { randomUUID } from "node:crypto";
import {
  closeSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { batches } from "./output.ts";

/**
 * Writes a file that is there whole or not at all: beside its place, then renamed. A pipe or device, as in
 * `--report sarif=/dev/fd/3`, is written to directly: a rename would put a file in its place.
 * @throws what the file system failed with; nothing is left behind then
 */
export function writeWhole(file: string, content: string | Iterable<string>): void {
  const pieces = typeof content === "string" ? [content] : content;
  const found = statSync(file, { throwIfNoEntry: false });
  if (found !== undefined && !found.isFile() && !found.isDirectory()) {
    writeTo(file, pieces, "w");
    return;
  }
  const place = found === undefined ? file : realpathSync(file);
  // A name that nobody can guess, and that must be new: in a folder that others write to, too, a symlink may wait there.
  const beside = `${place}.${randomUUID()}.tmp`;
  try {
    writeTo(beside, pieces, "wx", found?.isFile() ? found.mode & 0o777 : 0o666);
    renameSync(beside, place);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

function writeTo(file: string, pieces: Iterable<string>, flags: "w" | "wx", mode?: number): void {
  const fd = openSync(file, flags, mode);
  try {
    for (const piece of batches(pieces)) {
      const bytes = Buffer.from(piece);
      for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
    }
  } finally {
    closeSync(fd);
  }
}
