import type { PathId, PathTable } from "../model/path-table.ts";
import type { LiveTracee } from "./live-tracee.ts";

const LOADER_CACHE = "/etc/ld.so.cache";
const LOADED = /\.so(?:\.|$)|^\/etc\/ld[.-]/;

/**
 * Notices programs that start, in logs without a single exec (`-e trace=openat,open`). The dynamic loader opens
 * its cache first of all: a process that has been at other files before, and does it again, runs another program
 * by now. A dlopen looks the same, and splits a process in two; to take several programs for one would be
 * worse, since what each of them is is judged by what it opens.
 */
export class LoaderWatch {
  readonly #paths: PathTable;
  readonly #cache: PathId;
  #execs = false;

  constructor(paths: PathTable) {
    this.#paths = paths;
    this.#cache = paths.intern(LOADER_CACHE);
  }

  /** The log shows execs: nothing is left to notice. */
  sawExec(): void {
    this.#execs = true;
  }

  /** True when this tracee is busy already, or nobody wants to know: only opens of the loader's cache tell more. */
  knows(tracee: LiveTracee): boolean {
    return this.#execs || tracee.busy;
  }

  /** True when `path`, which `tracee` opens, shows that it is a new program. */
  starts(tracee: LiveTracee, path: PathId): boolean {
    if (this.#execs) return false;
    if (path === this.#cache) return tracee.busy;
    if (!tracee.busy && !LOADED.test(this.#paths.text(path))) tracee.busy = true;
    return false;
  }
}
