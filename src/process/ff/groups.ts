/** Numbers put into groups by pairs (a union-find). */
export class Groups {
  readonly #parents: Map<number, number> = new Map();

  readonly #joined: Set<number> = new Set();

  /** Puts `member` into the group of `other`. */
  join(member: number, other: number): void {
    this.#joined.add(member);
    this.#parents.set(this.#root(member), this.#root(other));
  }

  /** True for a member of any group. */
  has(member: number): boolean {
    return this.#parents.has(member);
  }

  /** True for a member that was put into another one's group. */
  joined(member: number): boolean {
    return this.#joined.has(member);
  }

  /** All members of the groups that hold one of `marked`; what was never joined is in no group. */
  membersWith(marked: ReadonlySet<number>): Set<number> {
    const roots = new Set<number>();
    for (const member of marked) if (this.#parents.has(member)) roots.add(this.#root(member));
    const members = new Set<number>();
    for (const member of this.#parents.keys()) {
      if (roots.has(this.#root(member))) members.add(member);
    }
    return members;
  }

  #root(member: number): number {
    let root = member;
    for (;;) {
      const parent = this.#parents.get(root);
      if (parent === undefined) this.#parents.set(root, root);
      if (parent === undefined || parent === root) break;
      root = parent;
    }
    this.#parents.set(member, root);
    return root;
  }
}
