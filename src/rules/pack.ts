import type { Facts } from "../model/facts.ts";
import type { Rule, RuleId } from "../model/rule.ts";

export const TIERS = ["exception", "content", "tool", "base"] as const;
/**
 * Which built-in packs speak before which: exceptions to all others, then packs for certain files (libssl), for certain
 * tools (cmake), and at last those that hold for any file and tool.
 */
export type Tier = (typeof TIERS)[number];

/** A rule pack, its lists spread. */
export interface RulePack {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly tier: Tier;
  /** Built-in packs speak after the user's. */
  readonly builtIn: boolean;
  /** File that it was read from. */
  readonly source: string;
  readonly rules: readonly Rule[];
  /** Ids of rules that are gone, and will not come back with another meaning. */
  readonly retired: readonly string[];
  readonly world: World;
  /** Empty in the packs of {@link builtInPacks}: only their YAML holds them. */
  readonly examples: readonly Example[];
}

/** The build that a pack's examples play in. */
export interface World {
  readonly host: string;
  readonly target: string;
  readonly sysroot: readonly string[];
  readonly nativeSysroot: readonly string[];
  readonly toolchain: readonly string[];
  readonly build: readonly string[];
  readonly source: readonly string[];
  readonly home: readonly string[];
}

/** A situation, and whether a rule shall match it. */
export interface Example {
  readonly rule: RuleId;
  readonly expect: "match" | "no-match";
  /** Why the rule stays silent; null where it matches. */
  readonly because: string | null;
  readonly given: ExampleFacts | ExampleTrace;
  readonly line: number;
  readonly column: number;
}

/** Facts as far as the author wrote them; the rest follows from the pack's world. */
export type ExampleFacts = { readonly [Key in keyof Facts]?: Facts[Key] | undefined } & {
  readonly path: string;
};

/** Raw lines of a strace log, for the real parser. */
export interface ExampleTrace {
  readonly strace: string;
  /** Who makes the calls, where the lines show no execve. */
  readonly program?: string | undefined;
}
