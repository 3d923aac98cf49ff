/** Files that are open at once: more than a build has processes at work, fewer than any limit on descriptors. */
const MOST_OPEN = 64;

/** A file that can be closed for a while and go on where it was. */
export interface Pausable {
  pause(): Promise<void>;
}

/** The files of a set that are being read. Of ten thousand processes that live at once, few have a file open. */
export class OpenFiles {
  /** In the order of their last reads. */
  readonly #open: Set<Pausable> = new Set();
  #readers = 0;

  /** Bytes to read at a time: where many files are read by turns, each of them holds little. */
  get room(): number {
    return this.#readers > MOST_OPEN ? 1 << 12 : 1 << 16;
  }

  /** Bytes to parse at a time, for the same reason. */
  get slice(): number {
    return this.#readers > MOST_OPEN ? 1 << 10 : 1 << 13;
  }

  begin(): void {
    this.#readers += 1;
  }

  /** `file` is about to be read: the one that was left alone longest is closed, if too many are open. */
  async use(file: Pausable): Promise<void> {
    this.#open.delete(file);
    this.#open.add(file);
    const [oldest] = this.#open;
    if (oldest === undefined || this.#open.size <= MOST_OPEN) return;
    this.#open.delete(oldest);
    await oldest.pause();
  }

  /** `file` was read to its end, or is given up. */
  end(file: Pausable): void {
    this.#open.delete(file);
    this.#readers -= 1;
  }
}
