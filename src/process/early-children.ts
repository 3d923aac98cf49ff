/** More of them than a machine can have under way show that the ends of forks are missing. */
const MOST = 4096;

/** Children that showed before the fork that made them was over: they may be gone by then, and must not be made again. */
export class EarlyChildren {
  readonly #since: Map<number, number> = new Map();

  /** A child showed at `line`; Infinity where reading ahead has told that the fork's end will name it. */
  showed(pid: number, line: number): void {
    if (this.#since.size >= MOST) this.#since.clear();
    this.#since.set(pid, line);
  }

  /** The fork that began at `forkLine` is over: true when this was its child. One that showed before had the pid before. */
  hadCome(pid: number, forkLine: number): boolean {
    const since = this.#since.get(pid);
    this.#since.delete(pid);
    return since !== undefined && since >= forkLine;
  }
}
