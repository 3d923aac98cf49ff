import { readdirSync, readFileSync } from "node:fs";
import type { SettingName } from "../config/settings.ts";

/** Something that the surroundings say about the build. */
export interface Clue {
  readonly setting: SettingName;
  readonly value: string;
  /** Where it was found, for the comment above the line. */
  readonly from: string;
}

/** Where clues are looked for. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
}

/** Looks for one kind of build. What it is most sure of comes first. */
export type Detector = (surroundings: Surroundings) => readonly Clue[];

/** Names in a folder, sorted; none where it can't be read. */
export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/** Text of a file, empty where it can't be read. */
export function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** A clue for each value that is there. */
export function clue(
  setting: SettingName,
  value: string | undefined,
  from: string,
): readonly Clue[] {
  return value === undefined || value === "" ? [] : [{ setting, value, from }];
}
