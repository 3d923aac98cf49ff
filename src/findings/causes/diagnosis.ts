import type { Cause, CauseKind } from "../../model/report.ts";
import type { Tracee } from "../../model/tracee.ts";
import type { PathFlag } from "./path-flags.ts";

/** What went wrong with one leak. Leaks whose diagnoses have the same key are one group. */
export interface Diagnosis {
  readonly kind: CauseKind;
  /** What the cause is, free of pids, lines and order, so that it stays the same from build to build. */
  readonly key: string;
  readonly title: string;
  readonly variables: Cause["variables"];
  readonly flags: Cause["flags"];
  /** The search flag that led to the file, for causes that something before may have brought about. */
  readonly carried?: CarriedFlag;
}

/** A search flag and the first process that had it. */
export interface CarriedFlag {
  readonly flag: PathFlag;
  readonly holder: Tracee;
}
