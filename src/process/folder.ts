import { type PathId, UNKNOWN_PATH } from "../model/path-table.ts";
import type { Mounts } from "./mounts.ts";

/** More folders than these that may be this one are more than any program makes. */
const MOST_DOUBLES = 64;

/** Working folder and root of one fs_struct: threads share one, fork copies it. */
export class Folder {
  /** What `/` means to the process; UNKNOWN_PATH after a chroot to who knows where. */
  root: PathId;
  /** What its mount namespace shows elsewhere than it is. */
  mounts: Mounts;
  /** How many tasks use it. */
  users = 1;
  #cwd: PathId;
  #settled = true;
  /** Folders that may be this very one: made by a clone whose flags the log does not show. */
  #maybeSame: Set<Folder> | null = null;

  constructor(cwd: PathId, root: PathId, mounts: Mounts) {
    this.#cwd = cwd;
    this.root = root;
    this.mounts = mounts;
  }

  get cwd(): PathId {
    return this.#cwd;
  }

  /** Says where the process is, which it may have been before. */
  learn(cwd: PathId): void {
    if (this.#settled) this.#cwd = cwd;
  }

  /** The process goes to `cwd`. */
  enter(cwd: PathId): void {
    this.learn(cwd);
    if (this.#maybeSame) for (const other of this.#maybeSame) other.learn(UNKNOWN_PATH);
  }

  /** From now on the folder is unknown: others change it, at times that the log does not show. */
  unsettle(): void {
    this.#cwd = UNKNOWN_PATH;
    this.#settled = false;
  }

  copy(): Folder {
    return new Folder(this.#cwd, this.root, this.mounts);
  }

  link(other: Folder): void {
    this.#maybeSame ??= new Set();
    other.#maybeSame ??= new Set();
    this.#maybeSame.add(other);
    other.#maybeSame.add(this);
    for (const folder of [this, other]) {
      if ((folder.#maybeSame?.size ?? 0) <= MOST_DOUBLES) continue;
      folder.unsettle();
      folder.unlink();
    }
  }

  unlink(): void {
    if (this.#maybeSame) for (const other of this.#maybeSame) other.#maybeSame?.delete(this);
    this.#maybeSame = null;
  }
}
