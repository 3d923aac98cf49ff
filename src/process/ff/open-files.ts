import type { ReadOptions } from "../../model/trace-source.ts";

/** Files that are open at once: more than a build has processes at work, fewer than any limit on descriptors. */
const MOST_OPEN = 64;
/** Bytes that are read at a time, and where so many files are read by turns that each of them must hold little. */
const ROOM = 1 << 16;
const LITTLE_ROOM = 1 << 12;

/** A file that can be closed for a while and go on where it was. */
export interface Pausable {
  pause(): Promise<void>;
}

/** The files of a set that are being read. Of ten thousand processes that live at once, few have a file open. */
export class OpenFiles {
  /** How each is to be opened: what is read of one is gone when the next is read. */
  readonly options: ReadOptions;
  /** Plain bytes that were read of all files. */
  bytes = 0;
  /** Some file ends inside of a line. */
  isCut = false;
  /** Such last lines that said too little. */
  droppedLines = 0;
  /** In the order of their last reads. */
  readonly #open: Set<Pausable> = new Set();
  #readers = 0;

  constructor(options: ReadOptions = {}) {
    const room = new Uint8Array(ROOM);
    this.options = {
      ...options,
      room: () => (this.#readers > MOST_OPEN ? room.subarray(0, LITTLE_ROOM) : room),
    };
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

  /** `file` was read to its end. */
  end(file: Pausable): void {
    this.#open.delete(file);
    this.#readers -= 1;
  }

  /** Closes what is open still. */
  async close(): Promise<void> {
    for (const file of this.#open) await file.pause();
    this.#open.clear();
  }
}
