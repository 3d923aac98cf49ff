/** Few processes have more open at once, and each that opens something fills a page of its own. */
const PAGE = 16;
/** Enough for 65,536 descriptors of one process; a log may name any number, and nobody may make us fill memory. */
const MOST_PAGES = 4096;
/** The usual limit on open files, RLIMIT_NOFILE, is at most this (fs.nr_open). */
const LARGEST = 1_048_576;

/** A plain array: to make a typed one of this size takes V8 ten times as long, and each process needs one. */
interface Page {
  readonly owner: object;
  readonly slots: number[];
}

const EMPTY: readonly number[] = new Array(PAGE).fill(0);

/**
 * A number for each descriptor, 0 where nothing is. Copies share their pages until one of them changes a page:
 * a fork copies its parent's table, and the exec that mostly follows drops it again.
 */
export class FdSlots {
  /** The first page: hardly any process has another one, and a Map for it costs more than all else here. */
  #first: Page | null;
  #others: Map<number, Page> | null;
  /** Who may change a page in place. */
  #owner: object = {};

  constructor(first: Page | null = null, others: Map<number, Page> | null = null) {
    this.#first = first;
    this.#others = others;
  }

  get(fd: number): number {
    if (fd >= 0 && fd < PAGE) return this.#first === null ? 0 : (this.#first.slots[fd] ?? 0);
    return this.#others?.get(Math.floor(fd / PAGE))?.slots[fd % PAGE] ?? 0;
  }

  put(fd: number, slot: number): void {
    if (!(fd >= 0 && fd <= LARGEST)) return;
    const index = Math.floor(fd / PAGE);
    const page = this.#page(index);
    if (!page && (slot === 0 || (this.#others?.size ?? 0) >= MOST_PAGES)) return;
    this.#own(index, page).slots[fd % PAGE] = slot;
  }

  copy(): FdSlots {
    // Neither side owns the pages from now on.
    this.#owner = {};
    return new FdSlots(this.#first, this.#others && new Map(this.#others));
  }

  /** Replaces what `change` answers differently, from `first` to `last`. */
  update(first: number, last: number, change: (slot: number) => number): void {
    for (const index of [0, ...(this.#others?.keys() ?? [])]) {
      const page = this.#page(index);
      if (!page) continue;
      const base = index * PAGE;
      const from = Math.max(first - base, 0);
      const to = Math.min(last - base, PAGE - 1);
      for (let at = from; at <= to; at++) {
        const slot = page.slots[at] ?? 0;
        const changed = slot === 0 ? 0 : change(slot);
        if (changed !== slot) this.put(base + at, changed);
      }
    }
  }

  clear(): void {
    this.#first = null;
    this.#others = null;
  }

  #page(index: number): Page | null {
    return index === 0 ? this.#first : (this.#others?.get(index) ?? null);
  }

  #own(index: number, page: Page | null): Page {
    if (page?.owner === this.#owner) return page;
    const own = { owner: this.#owner, slots: (page?.slots ?? EMPTY).slice() };
    if (index === 0) this.#first = own;
    else {
      this.#others ??= new Map();
      this.#others.set(index, own);
    }
    return own;
  }
}
