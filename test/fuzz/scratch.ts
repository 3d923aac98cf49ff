import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ErrorCode, HostbleedError } from "../../src/model/errors.ts";

/** A folder for the files that are tried. */
export class Scratch {
  readonly folder: string = mkdtempSync(join(tmpdir(), "hostbleed-fuzz-"));

  write(name: string, content: Uint8Array): string {
    const file = join(this.folder, name);
    writeFileSync(file, content);
    return file;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What `read` answers; null where it refuses with an error of this kind, as it should. */
export function refused<T>(code: ErrorCode, read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof HostbleedError && error.code === code) return null;
    throw error;
  }
}
