import type { PathId, PathTable } from "../model/path-table.ts";
import type { LiveTracee } from "./live-tracee.ts";

const LOADER_CACHE = "/etc/ld.so.cache";
const LOADED = /\.so(?:\.|$)|^\/etc\/ld[.-]/;

/**
 * Notices programs that start unseen. The dynamic loader opens its cache first of all: in a log without a single exec
 * (`-e trace=openat,open`) a process that has been at other files before, and does it again, runs another program
 * by now. A dlopen looks the same, and splits a process in two; to take several programs for one would be
 * worse, since what each of them is is judged by what it opens. In a log with execs some may be lost: a process that
 * opens the cache before all else is neither its parent's program any more nor a thread.
 */
export class LoaderWatch {
  readonly #paths: PathTable;
  readonly #cache: PathId;
  #execs = false;

  constructor(paths: PathTable) {
    this.#paths = paths;
    this.#cache = paths.intern(LOADER_CACHE);
  }

  /** The log shows execs: only those of forks can be missing. */
  sawExec(): void {
    this.#execs = true;
  }

  /** True when this tracee is busy already, or nobody wants to know: only opens of the loader's cache tell more. */
  knows(tracee: LiveTracee): boolean {
    return tracee.busy || (this.#execs && !mayHaveLost(tracee));
  }

  /** True when `path`, which `tracee` opens, shows that it is a new program. */
  starts(tracee: LiveTracee, path: PathId): boolean {
    if (this.#execs && !mayHaveLost(tracee)) return false;
    if (path === this.#cache) return tracee.busy !== this.#execs;
    if (!tracee.busy && !LOADED.test(this.#paths.text(path))) tracee.busy = true;
    return false;
  }
}

/** True for a process whose exec the log may have lost: it was not there when the log began, and none was seen. */
function mayHaveLost({ born, generation }: LiveTracee): boolean {
  return generation === 0 && born !== "exec";
}
