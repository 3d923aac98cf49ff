import type { LiveTracee } from "./live-tracee.ts";

/** Told of tracees that come and go. */
export interface PopulationListener {
  started(tracee: LiveTracee): void;
  ended(tracee: LiveTracee, status: number | null, line: number): void;
  /** So many that still lived were forgotten, since more live than can. */
  forgotten(tracees: number): void;
}
