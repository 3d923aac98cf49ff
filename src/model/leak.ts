import type { ByteString } from "./byte-string.ts";
import type { Facts } from "./facts.ts";
import type { Rule, Severity } from "./rule.ts";
import type { Sighting } from "./sighting.ts";

/** What a rule said of one path in the hands of one kind of program: all sightings that are one finding. */
export interface Leak {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly facts: Facts;
  /** At least one, in the order of the log. */
  readonly sightings: readonly [Sighting, ...Sighting[]];
  /** The counterpart in the sysroot; null without a sysroot. */
  readonly expected: {
    readonly path: ByteString;
    readonly exists: boolean;
    readonly known: boolean;
  } | null;
}
