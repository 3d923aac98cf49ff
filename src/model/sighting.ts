import type { Actor } from "./actor.ts";
import type { FactOutcome, Use } from "./facts.ts";
import type { PathId } from "./path-table.ts";
import type { Tracee } from "./tracee.ts";

/** A line of the log that shows an access. */
export interface Proof {
  /** Name of the log file. */
  readonly source: string;
  readonly line: number;
  readonly text: string;
}

/**
 * What a linker did with a library, as far as its tracee shows: `searched` files are skipped when they are for
 * another machine; `alone` is the one of its name that a successful search met; `taken` ones were named outright, or by a
 * linker that never skips.
 */
export type Fate = "taken" | "searched" | "alone" | "none";

/** One actor's use of one path, all its accesses folded. */
export interface Sighting {
  readonly actor: Actor;
  readonly path: PathId;
  readonly real: PathId;
  readonly requested: PathId;
  readonly use: Use;
  readonly outcome: FactOutcome;
  readonly fate: Fate;
  /** Where copies of it were written, as far as its own tracees show. */
  readonly copies: readonly PathId[];
  /** Who made the file, when this trace did. */
  readonly maker: Work | null;
  readonly tracee: Tracee;
  readonly count: number;
  /** At most five. */
  readonly proofs: readonly Proof[];
}

/** What one process took in, through all its execs; a compiler driver's children share its work. */
export interface Work {
  /** Of its last program. */
  readonly actor: Actor;
  /** Files made earlier in this trace that it read, each with who had made it by then: strip writes over its input. */
  readonly inputs: Input[];
  /** Foreign files that it consumed. */
  readonly sightings: Sighting[];
}

/** A file of this trace that was read. */
export interface Input {
  readonly path: PathId;
  readonly maker: Work;
}
