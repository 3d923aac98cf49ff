import type { Actor } from "../../model/actor.ts";
import type { ByteString } from "../../model/byte-string.ts";
import type { Mutable } from "../../model/mutable.ts";
import type { PathId } from "../../model/path-table.ts";
import type { Work } from "../../model/sighting.ts";
import type { Tracee } from "../../model/tracee.ts";

/** One access that may matter, kept until its tracee's work is understood. */
export interface Entry {
  readonly kind: "read" | "found" | "executed" | "written";
  readonly path: PathId;
  /** Where symlinks led, from -y; 0 when the log does not say. */
  readonly real: PathId;
  readonly requested: PathId;
  readonly openFlags: number;
  readonly fd: number;
  readonly line: number;
  readonly source: string;
  /** The line of the log; empty where enough lines are kept for this path. */
  readonly text: string;
  /** The tracee's beginning, with its loader, is in the log: it is one whole program. */
  readonly whole: boolean;
  /** The dynamic loader mapped it: an 832-byte read or MAP_DENYWRITE followed. */
  readonly loaded: boolean;
  /** The linker said that it skipped it. */
  readonly skipped: boolean;
}

/**
 * What one tracee did, as far as it may matter. Judged when the tracee ends, because what comes later
 * explains what came before: a linker that goes on searching has skipped what it opened, and a process
 * whose exec the log does not show is known by all that it opened.
 */
export interface Journal {
  readonly tracee: Tracee;
  actor: Actor;
  /** Whose thread it is, is a guess by its pid: see `neighbourOf`. */
  isGuess: boolean;
  readonly work: Mutable<Work>;
  readonly entries: Mutable<Entry>[];
  /** True from the exec, or from the first line of a tracee that came out of nowhere, to the end of the dynamic loader's work. */
  loading: boolean;
  /** The loader was seen at work, so this log shows how the program began. */
  loaderSeen: boolean;
  /** Names of signature libraries that were loaded, for programs whose exec is not shown. */
  signs: Set<string> | null;
  /** Folders of compilers (`/lib/gcc-cross/<triple>/`) that it looked into, for the same. */
  compilerTriple: string | null;
  /** The first of those folders that tells a triple. */
  compilerFolder: ByteString | null;
  /** A sysroot that it looked into, for the same. */
  sysroot: ByteString | null;
  /** The program by whose name it asks somebody else to work, until a compiler is seen below it: see `Handovers`. */
  client: string | null;
}

/** A journal with nothing in it yet. */
export function newJournal(tracee: Tracee, actor: Actor, work: Mutable<Work>): Journal {
  return {
    tracee,
    actor,
    isGuess: false,
    work,
    entries: [],
    loading: tracee.born !== "fork",
    loaderSeen: false,
    signs: null,
    compilerTriple: null,
    compilerFolder: null,
    sysroot: null,
    client: null,
  };
}

/** Entries of one tracee before it is judged half-way: a bound for tracees that never end (make, cargo, ninja). */
export const MOST_ENTRIES = 4096;
