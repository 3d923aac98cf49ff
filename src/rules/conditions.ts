import { ARTIFACTS, FACT_OUTCOMES, type Facts, ROLES, SIDES, USES, ZONES } from "../model/facts.ts";
import type { Conditions } from "../model/rule.ts";

/** Conditions on a fact that has a fixed set of words. */
export const WORD_CONDITIONS = {
  side: SIDES,
  outcome: FACT_OUTCOMES,
  artifact: ARTIFACTS,
  role: ROLES,
  maker: SIDES,
  zone: ZONES,
  use: USES,
} as const satisfies Partial<Record<keyof Conditions & keyof Facts, readonly string[]>>;
export type WordCondition = keyof typeof WORD_CONDITIONS;

/** Conditions that are globs. */
export const GLOB_CONDITIONS = ["program", "path", "ancestor"] as const;

/** Conditions that are yes or no: their key in a pack's file, and the fact. */
export const FLAG_CONDITIONS = {
  rejected: "rejected",
  hint: "hint",
  "through-symlink": "throughSymlink",
  "arch-neutral": "archNeutral",
  "target-triple": "targetTriple",
  "same-machine": "sameMachine",
} as const satisfies Record<string, keyof Conditions & keyof Facts>;

export const WORD_KEYS = Object.keys(WORD_CONDITIONS) as readonly WordCondition[];
export const FLAG_KEYS = Object.keys(FLAG_CONDITIONS) as readonly (keyof typeof FLAG_CONDITIONS)[];
