import type { Signature } from "../model/syscall.ts";
import { knownName } from "./numbered-calls.ts";

const ABSENT = -1;

/**
 * A {@link Signature} with a number for everything, -1 for what the call does not have. All plans have one
 * shape, which the decoder reads several times faster than objects of a dozen shapes.
 */
export class Plan {
  /** The one string for this name: shared, so that looking it up again costs no hashing. */
  readonly name: string;
  readonly dirfd: number;
  readonly path: number;
  readonly dirfd2: number;
  readonly path2: number;
  readonly target: number;
  readonly fd: number;
  readonly flags: number;
  readonly argv: number;
  readonly env: number;
  readonly out: number;
  readonly content: number;
  readonly address: number;
  readonly size: number;
  readonly made: number;
  /** False when only path, dirfd, fd and flags can be there. */
  readonly rich: boolean;

  constructor(name: string, signature: Signature) {
    this.name = name;
    this.dirfd = signature.dirfd ?? ABSENT;
    this.path = signature.path ?? ABSENT;
    this.dirfd2 = signature.dirfd2 ?? ABSENT;
    this.path2 = signature.path2 ?? ABSENT;
    this.target = signature.target ?? ABSENT;
    this.fd = signature.fd ?? ABSENT;
    this.flags = signature.flags ?? ABSENT;
    this.argv = signature.argv ?? ABSENT;
    this.env = signature.env ?? ABSENT;
    this.out = signature.out ?? ABSENT;
    this.content = signature.content ?? ABSENT;
    this.address = signature.address ?? ABSENT;
    this.size = signature.size ?? ABSENT;
    this.made = signature.made ?? ABSENT;
    const { dirfd2, path2, target, argv, env, out, content, address, made } = this;
    const rare = [dirfd2, path2, target, argv, env, out, content, address, made];
    this.rich = rare.some((index) => index !== ABSENT);
  }

  /** True for an argument whose digits are read: those of strings are read between quotes alone. */
  readsNumber(index: number): boolean {
    const { dirfd, dirfd2, fd, flags, argv, env, address, size, made } = this;
    return [dirfd, dirfd2, fd, flags, argv, env, address, size, made].includes(index);
  }
}

/** The plans of all calls that shall be read, by name. */
export class Plans {
  static readonly #made: WeakMap<ReadonlyMap<string, Signature>, Plans> = new WeakMap();
  readonly #plans: Map<string, Plan> = new Map();

  /** The same plans for each of the ten thousand parsers that a `strace -ff` set may take. */
  static of(signatures: ReadonlyMap<string, Signature>): Plans {
    const known = Plans.#made.get(signatures);
    if (known !== undefined) return known;
    const plans = new Plans(signatures);
    Plans.#made.set(signatures, plans);
    return plans;
  }

  constructor(signatures: ReadonlyMap<string, Signature>) {
    for (const [name, signature] of signatures) this.#plans.set(name, new Plan(name, signature));
  }

  find(name: string): Plan | undefined {
    return this.#plans.get(name) ?? this.#plans.get(knownName(name));
  }
}
