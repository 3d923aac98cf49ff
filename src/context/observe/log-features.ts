import type { Access, AccessKind } from "../../model/access.ts";
import type { ByteString } from "../../model/byte-string.ts";
import type { Tracee } from "../../model/tracee.ts";

/** One stray among so many may be of another pid namespace; a log that lost lines has more. */
const FEW = 100;

/**
 * No leak is among them, whatever their path: a stat of a pipe and a connect by TCP have none to know, and rm -r goes
 * by descriptors.
 */
const HIDES_NOTHING: ReadonlySet<AccessKind> = new Set([
  "probe",
  "list",
  "enter",
  "mkdir",
  "remove",
  "connect",
]);

/** What the log as a whole shows: which kinds of calls, and where the build began. */
export class LogFeatures {
  tracees = 0;
  opens = 0;
  unknownPaths = 0;
  /** Tracees that never ended and were forgotten. */
  forgotten = 0;
  /** Tracees that lived when a log ended before its first one did; 0 where logs show no ends at all. */
  running = 0;
  showsForks = false;
  /** Ends of processes, with their status: -qq hides them. */
  showsExits = false;
  /** Tracees that came out of nowhere while others lived: their forks are not in the log. */
  strays = 0;
  showsExecs = false;
  /** The first that anybody did was to start a program; null until then. A log that strace began with a command is so. */
  beginsWithExec: boolean | null = null;
  showsArguments = false;
  argumentsCut = false;
  showsEnvironment = false;
  showsPids = false;
  showsFdPaths = false;
  /** Content of reads and writes was shown. */
  showsContent = false;
  /** Working folder of the first tracee that had one. */
  firstCwd = 0;
  /** How often a loader took libc from each folder: `/lib/x86_64-linux-gnu` tells the host. */
  readonly libcs: Map<ByteString, number> = new Map();

  /** Lines are missing: processes came out of nowhere. What the log does not show may have been all the same. */
  get hasHoles(): boolean {
    return (this.showsForks && this.strays * FEW > this.tracees) || this.beginsLate;
  }

  /** The log shows programs, but not the first ones: it begins, or strace was attached, in the middle of a build. */
  get beginsLate(): boolean {
    return this.showsExecs && this.beginsWithExec === false;
  }

  /** `isAlone` when no other tracee lives: then it is the first one of a log, or of one that was appended to another. */
  started(tracee: Tracee, isAlone: boolean): void {
    if (tracee.born !== "exec") this.tracees++;
    if (tracee.born === "fork") this.showsForks = true;
    else if (tracee.born === "unknown" && !isAlone) this.strays++;
    if (tracee.pid !== null) this.showsPids = true;
    if (tracee.program !== null) this.showsExecs = true;
    if (tracee.argv !== null) this.showsArguments = true;
    if (tracee.argvTruncated) this.argumentsCut = true;
    if (tracee.environment?.variables !== null && tracee.environment !== null)
      this.showsEnvironment = true;
    if (this.firstCwd === 0) this.firstCwd = tracee.cwd;
  }

  accessed({ tracee, kind, path, to, real, outcome }: Access): void {
    this.beginsWithExec ??= kind === "execute";
    this.accessedAgain(tracee, kind);
    // What failed used no path.
    const place = kind === "symlink" ? to : path;
    if (place === 0 && !HIDES_NOTHING.has(kind) && (outcome === "done" || outcome === "unknown"))
      this.unknownPaths++;
    if (real !== 0) this.showsFdPaths = true;
  }

  /** An access of which all else is known. */
  accessedAgain(tracee: Tracee, kind: AccessKind): void {
    if (kind === "read" || kind === "write" || kind === "list") this.opens++;
    if (this.firstCwd === 0) this.firstCwd = tracee.cwd;
  }

  /** A C library that the dynamic loader took. */
  loaded(path: ByteString): void {
    this.libcs.set(path, (this.libcs.get(path) ?? 0) + 1);
  }

  /** The counters, to tell what one of several logs added. */
  counts(): {
    readonly opens: number;
    readonly tracees: number;
    readonly unknownPaths: number;
    readonly running: number;
  } {
    const { opens, tracees, unknownPaths, running } = this;
    return { opens, tracees, unknownPaths, running };
  }
}
