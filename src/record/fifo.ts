import { spawnSync } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HostbleedError } from "../model/errors.ts";
import { systemReason } from "../model/system-reason.ts";

/** A named pipe in a folder that nobody else can look into. */
export interface Fifo {
  readonly path: string;
  /** The folder, which holds nothing else. */
  readonly folder: string;
  /** Never blocks: a read with nothing to read fails with EAGAIN. */
  readonly reader: number;
  /** Ends what the reader gets, once all other writers are gone. */
  release(): void;
  /** Closes and removes everything. */
  remove(): void;
}

/**
 * Makes a pipe that strace can open by name: `-o` takes no descriptor, and what Node calls a pipe between
 * processes is a socket, which `/dev/fd/N` cannot open.
 * @throws HostbleedError `recording-failed`
 */
export function makeFifo(): Fifo {
  const folder = privateFolder();
  const discard = () => rmSync(folder, { recursive: true, force: true });
  const path = join(folder, "strace");
  const { status, error, stderr } = spawnSync("mkfifo", ["-m", "600", path], { encoding: "utf8" });
  if (status !== 0) {
    discard();
    const reason = error === undefined ? stderr.trim() : `mkfifo: ${systemReason(error)}`;
    throw new HostbleedError("recording-failed", reason);
  }
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  // A writer of our own: until strace has opened its end, the reader would see the end of the log.
  let writer: number | null = openSync(path, constants.O_WRONLY);
  const release = () => {
    if (writer !== null) closeSync(writer);
    writer = null;
  };
  return {
    path,
    folder,
    reader,
    release,
    remove() {
      release();
      closeSync(reader);
      discard();
    },
  };
}

function privateFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), "hostbleed-run-"));
  } catch (error) {
    throw new HostbleedError("recording-failed", `${tmpdir()}: ${systemReason(error)}`);
  }
}
