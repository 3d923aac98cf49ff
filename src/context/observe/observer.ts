import type {
  Access,
  AccessKind,
  Mapping,
  ProcessListener,
  Spent,
  Transfer,
} from "../../model/access.ts";
import { OPEN_FLAG } from "../../model/access.ts";
import type { ByteString } from "../../model/byte-string.ts";
import type { Machine } from "../../model/machine.ts";
import { parentFolder, resolvePath } from "../../model/path.ts";
import { type PathId, type PathTable, UNKNOWN_PATH } from "../../model/path-table.ts";
import type { Tracee } from "../../model/tracee.ts";
import { isAdviser } from "../names/consulted.ts";
import { Actors } from "./actors.ts";
import { bindMountOf } from "./bind-mounts.ts";
import { gistOf, isLoad, machineOfGist } from "./elf-gist.ts";
import { Familiar } from "./familiar.ts";
import { Handovers } from "./handovers.ts";
import { type Journal, newJournal } from "./journal.ts";
import { judgeJournal } from "./journal-end.ts";
import { markLoaded, markSkipped, passesOn } from "./journal-marks.ts";
import { JournalWriter } from "./journal-writer.ts";
import { Links } from "./links.ts";
import { LiveJournals } from "./live-journals.ts";
import { isLoaderWork } from "./loader.ts";
import { LogFeatures } from "./log-features.ts";
import { isNoted } from "./noted-reads.ts";
import type { ObserverOptions } from "./observer-options.ts";
import { PathClasses } from "./path-classes.ts";
import { isPlainAccess, isTelling, spentFor } from "./plain-access.ts";
import { Provenance } from "./provenance.ts";
import { Sightings } from "./sightings.ts";
import { workOf } from "./works.ts";

/** Products that one tracee reads: a link of the largest programs has some ten thousand objects. */
const MOST_INPUTS = 50_000;

const MAKES = OPEN_FLAG.create | OPEN_FLAG.truncate;

/**
 * Listens to the process stage and keeps what may matter, folded: foreign files that somebody used, who made
 * which file, what exists, and what tells the machines and sysroots of the build.
 */
export class Observer implements ProcessListener {
  readonly paths: PathTable;
  readonly actors: Actors;
  readonly sightings: Sightings = new Sightings();
  readonly provenance: Provenance;
  readonly classes: PathClasses;
  readonly features: LogFeatures = new LogFeatures();
  readonly links: Links = new Links();
  readonly familiar: Familiar = new Familiar();
  readonly handovers: Handovers = new Handovers();
  /** Machines of files whose ELF header passed through a read. */
  readonly machines: Map<PathId, Machine> = new Map();
  readonly #journals: JournalWriter;
  readonly #written: ObserverOptions["written"];
  readonly #live: LiveJournals = new LiveJournals();
  readonly #here: PathId;
  /** Where the last exec began: the line that is quoted of it, which may end further down. */
  #execLine = 0;

  constructor(options: ObserverOptions) {
    this.paths = options.paths;
    this.#here = options.paths.intern(".");
    this.#written = options.written;
    this.provenance = new Provenance(options.paths);
    this.actors = new Actors(options.paths);
    this.classes = new PathClasses(options.paths, options.nativeSysroots, options.sysroots);
    this.#journals = new JournalWriter(options, this.classes, (journal) =>
      judgeJournal(this, journal, null),
    );
  }

  started(tracee: Tracee): void {
    const before = tracee.parent === null ? null : this.#journalOf(tracee.parent);
    // A program that was not seen to start is no child of whom its process was taken for a thread of.
    const parent = before?.isGuess === true && tracee.born === "unknown" ? null : before;
    const near = parent ?? (this.features.showsForks ? null : this.#live.neighbourOf(tracee));
    const actor =
      near !== null && near !== parent ? near.actor : this.actors.of(tracee, parent?.actor ?? null);
    const journal = newJournal(tracee, actor, workOf(tracee, actor, near));
    journal.isGuess = near !== parent;
    if (near !== null && tracee.born === "fork") journal.loaderSeen = near.loaderSeen;
    tracee.context = journal;
    this.handovers.started(journal);
    this.features.started(tracee, this.#live.isEmpty);
    this.#live.add(journal);
    const bind = tracee.born === "exec" ? bindMountOf(tracee) : null;
    if (bind !== null) this.links.learn(bind.folder, bind.source);
    const isTold = actor.role === "config-script" || isAdviser(tracee);
    const root = this.paths.text(tracee.root);
    this.classes.isRoot(root);
    if (tracee.born === "exec" && tracee.program !== null && isTold) {
      const path = this.paths.intern(resolvePath("/", `${root}/${tracee.program}`));
      if (this.classes.mayBeForeign(path))
        this.#journals.path(journal, "executed", path, -1, this.#execLine);
    }
  }

  accessed(access: Access): void {
    const journal = this.#journalOf(access.tracee);
    this.features.accessed(access);
    if (isPlainAccess(this, journal, access)) {
      if (access.outcome === "done") this.classes.exists(access.path);
      else if (access.outcome === "missing") this.classes.isMissing(access.path);
      return;
    }
    if (access.path === 0 && access.kind !== "symlink") {
      // A relative path of an unknown folder is no library that ld.so looks for: the loader's work is over.
      if (access.kind === "read" && access.outcome === "done")
        isLoaderWork(this, journal, access.requested, access.openFlags, true);
      return;
    }
    if (access.outcome !== "done") {
      if (access.outcome !== "unknown") this.#failed(journal, access);
      return;
    }
    if (access.kind === "execute") this.#execLine = access.line;
    switch (access.kind) {
      case "read":
        this.#read(journal, access);
        break;
      case "write":
        this.#wrote(journal, access);
        break;
      case "probe":
        this.classes.exists(access.path);
        // fstat comes as a probe of "": it looks at what is open already.
        if (
          journal.actor.role === "cmake" &&
          this.classes.mayBeForeign(access.path) &&
          this.paths.text(access.requested) !== ""
        )
          this.#journals.access(journal, "found", access);
        break;
      case "rename":
        this.classes.exists(access.to);
        this.provenance.renamed(access.path, access.to);
        break;
      case "link":
        this.classes.exists(access.to);
        this.provenance.linked(access.path, access.to);
        if (this.classes.mayBeForeign(access.path)) this.#hardLinked(journal, access);
        break;
      case "remove":
        this.provenance.removed(access.path);
        break;
      case "mount":
      case "readlink":
        if (access.target !== null) this.links.learn(this.paths.text(access.path), access.target);
        this.classes.exists(access.path);
        break;
      case "symlink":
        this.#symlinked(access);
        break;
      default:
        this.classes.exists(access.path);
    }
  }

  isSpent(access: Access): Spent {
    return spentFor(this, access);
  }

  accessedAgain(tracee: Tracee, kind: AccessKind, path: PathId): boolean {
    const journal = this.#journalOf(tracee);
    if (path !== UNKNOWN_PATH && isTelling(this.classes, journal, kind, path)) return false;
    this.features.accessedAgain(tracee, kind);
    return true;
  }

  awaits(tracee: Tracee, maps: boolean): boolean {
    const journal = this.#journalOf(tracee);
    return maps ? journal.entries.length > 0 : passesOn(journal);
  }

  gist(content: ByteString, size: number | null): number {
    return gistOf(content, size);
  }

  recognized(tracee: Tracee, path: PathId, gist: number): boolean {
    if (isLoad(gist) && this.#journalOf(tracee).entries.length > 0) return false;
    this.features.showsContent = true;
    this.#isFor(path, machineOfGist(gist));
    return true;
  }

  transferred(transfer: Transfer): void {
    const journal = this.#journalOf(transfer.tracee);
    this.features.showsContent = true;
    if (transfer.direction === "write") {
      this.#written?.(transfer);
      if (transfer.content.includes("incompatible"))
        markSkipped(journal, transfer.content, this.paths);
      if (transfer.path !== 0 && passesOn(journal))
        this.#journals.path(journal, "written", transfer.path, transfer.fd, transfer.line);
      return;
    }
    const gist = gistOf(transfer.content, transfer.size);
    this.#isFor(transfer.path, machineOfGist(gist));
    if (transfer.path !== 0 && isLoad(gist)) markLoaded(journal, transfer.fd, transfer.path);
  }

  mapped(mapping: Mapping): void {
    if (mapping.denyWrite) markLoaded(this.#journalOf(mapping.tracee), mapping.fd, mapping.path);
  }

  ended(tracee: Tracee, status: number | null): void {
    const journal = this.#journalOf(tracee);
    this.#live.delete(journal);
    if (status !== null) this.features.showsExits = true;
    judgeJournal(this, journal, status);
  }

  forgotten(tracees: number): void {
    this.features.forgotten += tracees;
  }

  /** The log is over: whoever still lives is judged by what it did so far. */
  end(): void {
    if (this.features.showsExits && this.#live.holdsFirst) this.features.running += this.#live.size;
    for (const journal of this.#live) judgeJournal(this, journal, null);
    this.#live.clear();
  }

  #read(journal: Journal, access: Access): void {
    const { path } = access;
    this.classes.exists(path);
    // A folder, which install -D and mkdir -p open to come back to.
    if (access.requested === this.#here) return;
    if (isLoaderWork(this, journal, path, access.openFlags, true)) return;
    const real = access.real !== 0 ? access.real : this.classes.followed(path, this.links);
    const made = this.provenance.makerOf(path, real);
    const work = journal.work;
    // A thread out of nowhere may be anybody's: what it read, its neighbour did not.
    const isInput = made !== undefined && made !== work && !journal.isGuess;
    if (isInput && work.inputs.length < MOST_INPUTS) work.inputs.push({ path, maker: made });
    if (isNoted(this.classes, journal, access, real, made))
      this.#journals.access(journal, "read", access, real);
    else this.#journals.clues(journal, path);
  }

  #wrote(journal: Journal, access: Access): void {
    this.classes.exists(access.path);
    // The loader writes nothing: what is opened from here on, libraries too, the program reads itself.
    journal.loading = false;
    // chmod, touch and locks are writes too, but make nothing; neither does an open that keeps the content.
    if (access.fd < 0) return;
    if ((access.openFlags & MAKES) !== 0) {
      this.provenance.wrote(access.path, journal.work, journal.isGuess);
      if (access.real !== 0) this.provenance.wrote(access.real, journal.work, journal.isGuess);
    }
    if (journal.entries.length > 0) this.#journals.access(journal, "written", access);
    // A file opened for both is read too: strip and ar edit in place.
    if ((access.openFlags & OPEN_FLAG.readWrite) !== 0 && this.classes.mayBeForeign(access.path))
      this.#journals.access(journal, "read", access);
  }

  #isFor(path: PathId, machine: Machine | null): void {
    if (path === 0 || machine === null || this.machines.get(path) === machine) return;
    this.machines.set(path, machine);
  }

  /** A second name of a host file is as good as a copy: `cp -l`, `ln`. */
  #hardLinked(journal: Journal, access: Access): void {
    this.#journals.access(journal, "read", access);
    this.#journals.path(journal, "written", access.to, access.fd, access.line);
  }

  /** `libz.so -> libz.so.1.3`: whoever reads the link reads what its target holds by now. */
  #symlinked({ to, target }: Access): void {
    if (to === 0 || target === null) return;
    this.classes.exists(to);
    this.links.learn(this.paths.text(to), target);
    const place = parentFolder(this.paths.text(to));
    this.provenance.symlinked(to, resolvePath(place, target));
  }

  #failed(journal: Journal, access: Access): void {
    if (access.outcome === "missing") this.classes.isMissing(access.path);
    if (access.kind !== "read") return;
    isLoaderWork(this, journal, access.path, access.openFlags, false);
    this.#journals.clues(journal, access.path);
  }

  #journalOf(tracee: Tracee): Journal {
    if (tracee.context === null || tracee.context === undefined) this.started(tracee);
    return tracee.context as Journal;
  }
}
