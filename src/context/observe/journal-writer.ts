import type { Access } from "../../model/access.ts";
import { type ByteString, detached } from "../../model/byte-string.ts";
import type { PathId } from "../../model/path-table.ts";
import { type Entry, type Journal, MOST_ENTRIES } from "./journal.ts";
import type { ObserverOptions } from "./observer-options.ts";
import type { PathClasses } from "./path-classes.ts";

/** Lines kept of each path: far more than any finding shows, far less than a trace has. */
const MOST_TEXTS = 24;

/** Bytes of a line that are kept: an execve with all its arguments can have millions. */
const LONGEST_QUOTE = 65_536;

type EntryKind = Entry["kind"];

/** Writes into journals what may matter, with the line of the log that shows it. */
export class JournalWriter {
  readonly #classes: PathClasses;
  readonly #lineText: () => string;
  readonly #source: (pid: number | null) => string;
  readonly #full: (journal: Journal) => void;

  /** `full` is told of a journal that has {@link MOST_ENTRIES}. */
  constructor(
    { lineText, source }: ObserverOptions,
    classes: PathClasses,
    full: (journal: Journal) => void,
  ) {
    this.#classes = classes;
    this.#lineText = lineText;
    this.#source = source;
    this.#full = full;
  }

  /** Takes from a path what it tells of the tracee that looked for it. */
  clues(journal: Journal, path: PathId): void {
    if (!this.#classes.isClue(path, journal)) return;
    const clue = this.#classes.clue(path);
    // A linker looks for libc in each -L: only where there is one is it a sysroot's.
    if (this.#classes.seen(path) !== false || clue?.isSearched !== true)
      journal.sysroot ??= clue?.sysroot ?? null;
    journal.compilerTriple ??= clue?.compilerTriple ?? null;
    journal.compilerFolder ??= clue?.compilerFolder ?? null;
  }

  access(journal: Journal, kind: EntryKind, access: Access, real: PathId = access.real): void {
    const { path, requested, openFlags, fd, line } = access;
    this.clues(journal, path);
    this.#write(journal, kind, path, real, requested, openFlags, fd, line);
  }

  /** An entry for a path that no access of its own named. */
  path(journal: Journal, kind: EntryKind, path: PathId, fd: number, line: number): void {
    this.#write(journal, kind, path, 0, path, 0, fd, line);
  }

  /** So many parameters, since half of the lines of a log without execs come here: an object for them cost 2 % of all. */
  #write(
    journal: Journal,
    kind: EntryKind,
    path: PathId,
    real: PathId,
    requested: PathId,
    openFlags: number,
    fd: number,
    line: number,
  ): void {
    const quotes = kind !== "written" && this.#classes.quotes(path) < MOST_TEXTS;
    journal.entries.push({
      kind,
      path,
      real,
      requested,
      openFlags,
      fd,
      line,
      source: this.#source(journal.tracee.pid),
      text: quotes ? quoted(this.#lineText()) : "",
      whole: journal.loaderSeen,
      loaded: false,
      skipped: false,
    });
    if (journal.entries.length >= MOST_ENTRIES) this.#full(journal);
  }
}

function quoted(line: ByteString): ByteString {
  return line.length <= LONGEST_QUOTE ? line : detached(`${line.slice(0, LONGEST_QUOTE)}...`);
}
