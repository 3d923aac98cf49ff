import type { Interruption } from "./model/interruption.ts";
import type { Finding } from "./model/report.ts";

/** What a run is told besides the traces; all that is left out is inferred. */
export interface InspectOptions {
  readonly target?: string;
  readonly host?: string;
  readonly sysroots?: readonly string[];
  readonly nativeSysroots?: readonly string[];
  readonly toolchains?: readonly string[];
  readonly buildDirs?: readonly string[];
  /** Names of built-in packs, files or folders. */
  readonly rulePacks?: readonly string[];
  /** False leaves the built-in packs out. */
  readonly defaultRules?: boolean;
  /** Also report what was judged innocent. */
  readonly show?: "allowed" | "suppressed";
  onProgress?(progress: Progress): void;
  /** Called once for each finding, as soon as it is known. */
  onFinding?(finding: Finding): void;
  /** Ends the input: what was read is judged, and the report says that it is incomplete. */
  readonly signal?: Interruption;
}

/** How far a run has come. */
export interface Progress {
  /** Bytes read of the input, as it is stored. */
  readonly bytes: number;
  /** Null for a pipe. */
  readonly total: number | null;
  /** Findings of severity error so far. */
  readonly leaks: number;
}
