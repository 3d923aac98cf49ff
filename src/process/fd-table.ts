import { type PathId, UNKNOWN_PATH } from "../model/path-table.ts";
import { FdSlots } from "./fd-slots.ts";

/** More tables than these that may be this one are more than any program makes. */
const MOST_DOUBLES = 64;

/** Whoever uses a table: tasks are told apart by identity. */
type User = object;

/**
 * The descriptors of one files_struct: which path each is open on, as far as the log told. Threads share
 * one, fork copies it. A slot holds `path * 2 + closeOnExec`; 0 stands for closed, and for open on who knows what.
 */
export class FdTable {
  /** How many tasks use this table. */
  users = 1;
  /** Tables that may be this very one: made by a clone whose flags the log does not show. */
  #maybeSame: Set<FdTable> | null = null;
  /** True for a table with too many such doubles: it tells nothing any more. */
  #dubious = false;
  readonly #slots: FdSlots;
  /**
   * Descriptors that were opened while they still seemed open. Lines in the order of their starts (`strace
   * -ff -ttt`) can show a thread's open before the close by another that made the number free: until that
   * close, all but the opener still mean the old file.
   */
  #early: Map<number, { readonly opener: User; readonly before: number }> | null = null;

  constructor(slots: FdSlots = new FdSlots()) {
    this.#slots = slots;
  }

  /** The path that `fd` is open on for `user`; UNKNOWN_PATH when the log did not tell. */
  path(fd: number, user: User): PathId {
    const early = this.#early?.get(fd);
    return (early && early.opener !== user ? early.before : this.#get(fd)) >> 1;
  }

  /** The path that `fd` is open on for all users of the table; UNKNOWN_PATH when that is not sure. */
  known(fd: number): PathId {
    return this.#early?.has(fd) === true ? UNKNOWN_PATH : this.#get(fd) >> 1;
  }

  /** `opener` got `fd`, in a log whose lines are in the order of their starts. */
  openEarly(fd: number, path: PathId, closeOnExec: boolean, opener: User): void {
    const before = this.#get(fd);
    if (before !== 0 && this.users > 1) {
      this.#early ??= new Map();
      this.#early.set(fd, { opener, before });
    }
    this.place(fd, path, closeOnExec);
  }

  /** Puts `path` at `fd`, free or not (dup2). */
  place(fd: number, path: PathId, closeOnExec: boolean): void {
    this.#put(fd, path === UNKNOWN_PATH ? 0 : path * 2 + (closeOnExec ? 1 : 0));
    this.#forgetInMaybeSame(fd);
  }

  close(fd: number, user: User): void {
    const early = this.#early?.get(fd);
    if (!early) {
      this.forget(fd);
      return;
    }
    this.#early?.delete(fd);
    // The opener would have got the number after the other's close: so the other's open came last.
    if (early.opener === user) this.#put(fd, early.before);
  }

  /** Whatever `fd` was, it is unknown now. */
  forget(fd: number): void {
    this.#put(fd, 0);
    this.#forgetInMaybeSame(fd);
  }

  /** Corrects the path of `fd`, by what an annotation says; `UNKNOWN_PATH` takes it away. */
  learn(fd: number, path: PathId): void {
    this.#put(fd, path === UNKNOWN_PATH ? 0 : path * 2 + (this.#get(fd) & 1));
  }

  setCloseOnExec(fd: number, on: boolean): void {
    const slot = this.#get(fd);
    if (slot !== 0) this.#put(fd, (slot & ~1) | (on ? 1 : 0));
  }

  /** close_range(2): `closeOnExec` marks instead of closing. */
  closeRange(first: number, last: number, closeOnExec: boolean): void {
    this.#slots.update(first, last, (slot) => (closeOnExec ? slot | 1 : 0));
    if (closeOnExec || !this.#maybeSame) return;
    for (const other of this.#maybeSame) other.#slots.update(first, last, () => 0);
  }

  /** What remains after an exec. */
  afterExec(): FdTable {
    const copy = this.copy();
    copy.#slots.update(0, Number.POSITIVE_INFINITY, (slot) => (slot & 1 ? 0 : slot));
    return copy;
  }

  copy(): FdTable {
    return new FdTable(this.#slots.copy());
  }

  link(other: FdTable): void {
    this.#maybeSame ??= new Set();
    other.#maybeSame ??= new Set();
    this.#maybeSame.add(other);
    other.#maybeSame.add(this);
    this.#limitDoubles();
    other.#limitDoubles();
  }

  unlink(): void {
    if (this.#maybeSame) for (const other of this.#maybeSame) other.#maybeSame?.delete(this);
    this.#maybeSame = null;
  }

  /** Forgets everything: lines of the log are missing. */
  clear(): void {
    this.#slots.clear();
  }

  #limitDoubles(): void {
    if ((this.#maybeSame?.size ?? 0) <= MOST_DOUBLES) return;
    this.clear();
    this.unlink();
    this.#dubious = true;
  }

  #get(fd: number): number {
    return this.#slots.get(fd);
  }

  #put(fd: number, slot: number): void {
    if (!this.#dubious) this.#slots.put(fd, slot);
  }

  #forgetInMaybeSame(fd: number): void {
    if (this.#maybeSame) for (const other of this.#maybeSame) other.#put(fd, 0);
  }
}
