import type { Artifact, FactOutcome, Facts, Role, Side, Use, Zone } from "./facts.ts";

export const SEVERITIES = ["error", "warning", "note"] as const;
export type Severity = (typeof SEVERITIES)[number];

export const VERDICTS = ["leak", "suspect", "allowed"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** `pack/rule`, such as `pkgconfig/host-pc-file`. Never reused for something else. */
export type RuleId = string;

/** Conditions of a rule. All given keys must hold; a list means any of. Patterns are globs. */
export interface Conditions {
  readonly zone?: readonly Zone[];
  readonly use?: readonly Use[];
  readonly side?: readonly Side[];
  readonly artifact?: readonly Artifact[];
  readonly outcome?: readonly FactOutcome[];
  readonly role?: readonly Role[];
  readonly maker?: readonly Side[];
  readonly program?: readonly string[];
  /** Globs over `Facts.path`. */
  readonly path?: readonly string[];
  /** Globs over each of `Facts.ancestors`. */
  readonly ancestor?: readonly string[];
  readonly rejected?: boolean;
  readonly hint?: boolean;
  readonly throughSymlink?: boolean;
  readonly archNeutral?: boolean;
  readonly targetTriple?: boolean;
  readonly sameMachine?: boolean;
}

export interface Rule {
  readonly id: RuleId;
  readonly title: string;
  readonly verdict: Verdict;
  /** Ignored for `allowed`. */
  readonly severity: Severity;
  readonly when: Conditions;
  readonly why: string;
  readonly fix: string;
  /** Environment variables whose loss brings this leak. */
  readonly causes: readonly string[];
  readonly see: readonly string[];
}

/** The answer of the rules to one set of facts. Null rule: no rule had anything to say. */
export interface Judgement {
  readonly rule: Rule | null;
}

/** Judges facts; the same facts always get the same answer. */
export interface Judge {
  judge(facts: Facts): Judgement;
  /** Every rule that matches, in order: the first is the one that speaks. */
  explain(facts: Facts): readonly Rule[];
  readonly rules: readonly Rule[];
}
