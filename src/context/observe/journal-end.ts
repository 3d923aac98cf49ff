import type { Actor } from "../../model/actor.ts";
import type { ByteString } from "../../model/byte-string.ts";
import type { Artifact, FactOutcome, Role, Use } from "../../model/facts.ts";
import { baseName } from "../../model/path.ts";
import type { PathId, PathTable } from "../../model/path-table.ts";
import type { Fate } from "../../model/sighting.ts";
import type { Actors } from "./actors.ts";
import { isOfEmptyCompile } from "./empty-compile.ts";
import type { Familiar } from "./familiar.ts";
import { guess } from "./guess.ts";
import type { Entry, Journal } from "./journal.ts";
import { markLoads } from "./journal-marks.ts";
import type { LogFeatures } from "./log-features.ts";
import type { PathClasses } from "./path-classes.ts";
import type { Provenance } from "./provenance.ts";
import type { Sightings } from "./sightings.ts";
import { TEXT_TOOL, useOf } from "./uses.ts";
import { consume } from "./works.ts";

/** Where the end of a journal puts what it finds. */
export interface Ledger {
  readonly paths: PathTable;
  readonly actors: Actors;
  readonly sightings: Sightings;
  readonly provenance: Provenance;
  readonly classes: PathClasses;
  readonly familiar: Familiar;
  readonly features: LogFeatures;
}

/** Roles that copy files as part of their work, besides cp and install. */
const COPIES: ReadonlySet<Role> = new Set([
  "copier",
  "cmake",
  "meson",
  "interpreter",
  "shell",
  "other",
  "strip",
]);
/** Uses that never leave a mark on a product. */
const IDLE: ReadonlySet<Use> = new Set(["load", "probe"]);

/**
 * Understands what a tracee did and folds it into the ledger: the use of each file, for linkers whether it was
 * taken or skipped, for copiers where the copy went. Empties the journal.
 */
export function judgeJournal(ledger: Ledger, journal: Journal, status: number | null): void {
  if (journal.entries.length === 0) return;
  const actor = actorOf(ledger, journal);
  const program = actor.program === null ? "" : baseName(actor.program);
  const { entries } = journal;
  markLoads(journal, actor.role, ledger.classes);
  for (let at = 0; at < entries.length; at++) {
    const entry = entries[at];
    if (entry === undefined || entry.kind === "written") continue;
    if (isCounted(ledger, journal, actor, entry)) continue;
    const path = ledger.paths.text(entry.path);
    const artifact = ledger.classes.artifact(entry.path);
    let use = useOf(actor.role, program, entry, path, ledger.classes);
    if (use === "compile" && isOfEmptyCompile(journal.tracee, path)) continue;
    const copies = !entry.loaded && entry.kind !== "executed" && COPIES.has(actor.role);
    const copy = copies ? copyOf(ledger.paths, entries, at, actor.role) : 0;
    // An interpreter loads libraries, unless it wrote one of the same name next: shutil.copy.
    if (IDLE.has(use) && copy === 0) continue;
    // tar and rsync write in another process, and what cat, sed or a packer of the build's own write was opened by their
    // shell: the copy is looked for at the end.
    const passesOn =
      actor.role === "copier" ||
      (actor.role === "other" && isCode(artifact) && isOfInterest(ledger.classes, entry)) ||
      (TEXT_TOOL.test(program) && isDescription(artifact));
    if (copy !== 0 || (passesOn && use === "read")) use = "copy";
    else if (use === "read" && !ledger.classes.isConsulted(entry.path)) continue;
    const fate =
      use === "link"
        ? fateOf(ledger, journal, actor, entries, at, status)
        : artifact === "pkgconfig"
          ? fateOfAnswer(journal, status)
          : "none";
    const maker = ledger.provenance.makerOf(entry.path, entry.real) ?? null;
    if (maker === null && !isOfInterest(ledger.classes, entry)) continue;
    if (entry.kind === "found" && isPassedOver(ledger.paths, entries, path)) continue;
    const outcome = outcomeOf(entry, use);
    const sighting =
      ledger.sightings.again(actor, entry.path, use, outcome, fate, copy) ??
      ledger.sightings.add(
        {
          actor,
          path: entry.path,
          real: entry.real,
          requested: entry.requested,
          use,
          outcome,
          fate,
          copy,
          maker,
          tracee: journal.tracee,
        },
        { source: entry.source, line: entry.line, text: entry.text },
      );
    if (sighting === null) continue;
    consume(journal.work, sighting);
    ledger.familiar.meet(sighting);
  }
  if (actor.role === "pkg-config" && fateOfAnswer(journal, status) === "taken")
    ledger.sightings.answers.given(actor, answersIn(ledger, entries));
  entries.length = 0;
}

/** Counts one more read of a header by a compiler that was unknown until now: most of a log without execve. */
function isCounted(
  { classes, provenance, familiar }: Ledger,
  { work }: Journal,
  actor: Actor,
  { kind, path, real, loaded }: Entry,
): boolean {
  if (kind !== "read" || loaded || !classes.mayBeForeign(path)) return false;
  return provenance.makerOf(path, real) === undefined && familiar.count(actor, work, path);
}

/** The .pc files that one pkg-config read. */
function answersIn({ classes }: Ledger, entries: readonly Entry[]): readonly PathId[] {
  return entries
    .filter(({ kind, path }) => kind === "read" && classes.artifact(path) === "pkgconfig")
    .map(({ path }) => path);
}

/** What a program that is no copier may still pack. */
function isCode(artifact: Artifact): boolean {
  return artifact === "library" || artifact === "object" || artifact === "program";
}

/** Files whose text is as good when a path in it was changed: a rewritten .pc file still is the host's. */
function isDescription(artifact: Artifact): boolean {
  return artifact === "pkgconfig" || artifact === "cmake";
}

function isOfInterest(classes: PathClasses, entry: Entry): boolean {
  // Of what every tool reads, only what a copier copies has an entry.
  return (
    classes.mayBeForeign(entry.path) ||
    classes.isEveryday(entry.path) ||
    (entry.real !== 0 && (classes.mayBeForeign(entry.real) || classes.isEveryday(entry.real)))
  );
}

function actorOf(ledger: Ledger, journal: Journal): Actor {
  // A driver leaves headers to its children: what reads some and was taken for it is one of them, unseen.
  const isChild = journal.isGuess && journal.actor.tool.driver;
  const isKnown = journal.actor.role !== "unknown" || journal.tracee.program !== null;
  if (isKnown && !isChild) return journal.actor;
  const { role, evidence } = guess(journal, ledger.paths, ledger.classes);
  // In a log without execs, one that knows nothing itself is above each process.
  const { parent } = journal.actor;
  return ledger.actors.guessed(
    journal.tracee,
    isChild || parent?.program === null ? null : parent,
    role,
    evidence,
  );
}

function outcomeOf(entry: Entry, use: Use): FactOutcome {
  if (use === "copy") return "copied";
  if (entry.kind === "found") return "found";
  return use === "execute" ? "executed" : "opened";
}

/** The file that a read was copied to: the next write, of the same name unless the tool does nothing but copy. */
function copyOf(paths: PathTable, entries: readonly Entry[], at: number, role: Role): PathId {
  const name = baseName(paths.text(entries[at]?.path ?? 0));
  for (let next = at + 1; next < Math.min(entries.length, at + 4); next++) {
    const entry = entries[next];
    if (entry?.kind !== "written") continue;
    if (role === "copier" || baseName(paths.text(entry.path)).includes(name)) return entry.path;
  }
  return 0;
}

/**
 * bfd, gold and mold pass over a library for another machine that they found by searching, and go on; one that
 * was named outright ends the link, and lld ends at each. Signs, best first: the linker's own message, its
 * arguments, a later open of the same name elsewhere, and its exit.
 */
function fateOf(
  ledger: Ledger,
  journal: Journal,
  actor: Actor,
  entries: readonly Entry[],
  at: number,
  status: number | null,
): Fate {
  const { paths, classes, features } = ledger;
  const entry = entries[at];
  if (entry === undefined || (actor.role !== "linker" && actor.role !== "unknown")) return "taken";
  if (entry.skipped) return "searched";
  if (/^(?:ld\.lld|rust-lld|lld)$/.test(actor.tool.name)) return "taken";
  const { argv, argvTruncated } = journal.tracee;
  const requested = paths.text(entry.requested);
  if (argv?.some((word) => word === requested || (argvTruncated && isCutName(word, requested))))
    return "taken";
  if (argv !== null && !argvTruncated)
    return status === 0 && isAloneForName(ledger, argv, entries, at) ? "alone" : "searched";
  if (isTriedElsewhere(classes, entries, at)) return "searched";
  // Where no exits are shown, a build that goes on is the rule; lines that somebody chose were chosen for a reason.
  return status === 0 || (entry.whole && !features.showsExits) ? "searched" : "taken";
}

/**
 * True where `-lNAME` asked for a library and no other file of that name was opened: a linker that finds none to take
 * fails. What other libraries need is no such question, since a linker succeeds without it.
 */
function isAloneForName(
  { paths, classes }: Ledger,
  argv: readonly ByteString[],
  entries: readonly Entry[],
  at: number,
): boolean {
  const path = entries[at]?.path ?? 0;
  const name = /^lib(.+)\.(?:so|a)$/.exec(baseName(paths.text(path)))?.[1];
  if (name === undefined || !argv.includes(`-l${name}`)) return false;
  const stem = classes.stem(path);
  return !entries.some(
    (other) => other.kind === "read" && other.path !== path && classes.stem(other.path) === stem,
  );
}

/** True for the beginning of a file's full name that goes beyond its folder: what -s leaves of a long argument. */
function isCutName(word: ByteString, path: ByteString): boolean {
  return word.length > path.lastIndexOf("/") + 1 && path.startsWith(word);
}

/**
 * A pkg-config that fails has opened files and used none: pkgconf then looks into every .pc for a provider of
 * what it did not find. The same for a mere list of all packages.
 */
function fateOfAnswer(journal: Journal, status: number | null): Fate {
  const listing =
    journal.tracee.argv?.some((word) => /^--list-(?:all|package-names)$/.test(word)) === true;
  return listing || (status !== null && status !== 0) ? "searched" : "taken";
}

function isTriedElsewhere(classes: PathClasses, entries: readonly Entry[], at: number): boolean {
  const path = entries[at]?.path ?? 0;
  const stem = classes.stem(path);
  for (let next = at + 1; next < entries.length; next++) {
    const later = entries[next];
    if (later?.kind === "read" && later.path !== path && classes.stem(later.path) === stem)
      return true;
  }
  return false;
}

/** cmake's find_library looks at libz.a too, and takes libz.so where both are there. */
function isPassedOver(paths: PathTable, entries: readonly Entry[], path: ByteString): boolean {
  if (!path.endsWith(".a")) return false;
  const shared = `${path.slice(0, -1)}so`;
  return entries.some((entry) => entry.kind === "found" && paths.text(entry.path) === shared);
}
