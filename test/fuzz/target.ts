/** What is fuzzed: how an input is made, and what must hold of it. */
export interface Target {
  readonly name: string;
  /** What the amount counts. */
  readonly unit: "lines" | "files";
  /** An input of about `size` units; the same for the same seed. */
  make(seed: number, size: number): Buffer;
  /** @throws whatever shows a mistake; hostile input itself is no reason to throw */
  check(input: Buffer): Promise<void>;
}
