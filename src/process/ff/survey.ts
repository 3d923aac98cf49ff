import type { Signature } from "../../model/syscall.ts";
import type { TraceSource } from "../../model/trace-source.ts";
import { CALLS, type Effect } from "../calls.ts";
import { CLONE, cloneFlags } from "../flags.ts";
import { childOf, isFork } from "../forks.ts";
import type { Reading } from "../read-trace.ts";
import { EventSink, type SinkEvent } from "../sink-event.ts";
import { Groups } from "./groups.ts";

/** A file of a `strace -ff` set, after a first look. */
export interface SurveyedFile {
  readonly source: TraceSource;
  readonly pid: number;
  /** Seconds of its first line; null without time stamps. */
  readonly start: number | null;
  /** In the order of its lines. */
  readonly forks: readonly Fork[];
}

/** A process that was made. */
export interface Fork {
  /** Of the line that shows it. */
  readonly line: number;
  readonly child: number;
}

/** What a first look at a `strace -ff` set tells. */
export interface Survey {
  /** The files that have anything in them. */
  readonly files: readonly SurveyedFile[];
  /** Pids that some file shows being made. */
  readonly born: ReadonlySet<number>;
  /** True when all files have stamps finer than a second, so that their lines can be put in order. */
  readonly timed: boolean;
  /** Pids that share a folder with one that changes it. Without stamps nobody can tell when. */
  readonly restless: ReadonlySet<number>;
}

const ROOM = 1 << 20;
/** Bytes that show whether lines have stamps. */
const HEAD = 1 << 12;
const MOVES: ReadonlySet<Effect> = new Set(["chdir", "fchdir", "chroot", "pivot-root", "setns"]);

const SURVEYED: ReadonlyMap<string, Signature> = new Map(
  [...CALLS].filter(([, { effect }]) => effect === "fork" || MOVES.has(effect)),
);

const NAMES: readonly string[] = [...SURVEYED.keys()];
/** In each name that is surveyed is one of these. */
const STEMS = NAMES.filter((name) => !NAMES.some((stem) => stem !== name && name.includes(stem)));

/**
 * The part of a file that a survey needs, where the file came in one piece: of most, processes that make no other and stay
 * where they are, the first lines. To look for words took a twentieth of the time of reading the lines.
 */
function telling(file: Buffer): Buffer {
  // UTF-16 has a zero in every letter of strace's.
  const tells = file.includes(0) || STEMS.some((stem) => file.includes(stem, 0, "latin1"));
  return tells ? file : file.subarray(0, file.indexOf("\n", HEAD) + 1 || file.length);
}

/** Reads all files of a set once, for their forks and times alone. */
export async function survey(set: readonly TraceSource[], reading: Reading): Promise<Survey> {
  const files: SurveyedFile[] = [];
  const born = new Set<number>();
  const sharers = new Groups();
  const movers = new Set<number>();
  /** Those that changed their folder before they shared it, as far as the files until now tell. */
  const early = new Set<number>();
  let timed = true;
  // One for all files: a megabyte for each of ten thousand would be gone before it is collected.
  const room = new Uint8Array(ROOM);
  const options = { ...reading.options, room: () => room };
  for (const source of set) {
    const { pid } = source;
    if (pid === null) continue;
    const forks: Fork[] = [];
    const look = (event: SinkEvent): void => {
      if (event.kind !== "finished") return;
      const { call } = event;
      if (!isFork(call)) {
        (sharers.has(pid) ? movers : early).add(pid);
        return;
      }
      const child = childOf(call);
      if (child === null) return;
      forks.push({ line: call.line, child });
      born.add(child);
      const flags = cloneFlags(call);
      if (flags === null || flags & CLONE.fs) sharers.join(child, pid);
    };
    const parser = reading.parserFor(new EventSink(look), source, SURVEYED);
    for await (const chunk of source.open(options)) {
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
      parser.write(bytes.length === source.size ? telling(bytes) : bytes);
    }
    parser.end();
    if (parser.counts.lines === 0) continue;
    files.push({ source, pid, start: parser.times.first, forks });
    timed &&= parser.times.first !== null && parser.times.fine;
  }
  // Threads share from the start, which their maker's file tells, before or after their own.
  for (const pid of early) if (sharers.joined(pid)) movers.add(pid);
  return { files, born, timed, restless: sharers.membersWith(movers) };
}
