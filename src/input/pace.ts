/** Bytes between two looks at the clock's sum: a machine that is busy for a moment is no slow disk. */
const STRETCH_BYTES = 16 << 20;
/** Bytes per ms that tell a disk (0.1 to 3 million) from the page cache (5 to 10 million). */
const SLOW = 1 << 20;

/** Finds out whether a file comes from a disk, so that its reader mostly waits. */
export class Pace {
  #bytes = 0;
  #ms = 0;
  #slow = false;

  get isSlow(): boolean {
    return this.#slow;
  }

  /** To be told of each read, and how long it took. */
  took(bytes: number, ms: number): void {
    this.#bytes += bytes;
    this.#ms += ms;
    if (this.#bytes < STRETCH_BYTES) return;
    this.#slow ||= this.#bytes < SLOW * this.#ms;
    this.#bytes = 0;
    this.#ms = 0;
  }
}
