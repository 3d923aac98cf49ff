import { noCounts, type TraceCounts } from "../model/trace-counts.ts";
import type { TraceSource } from "../model/trace-source.ts";
import { FfFile } from "./ff/file.ts";
import { FfLog } from "./ff/log.ts";
import { merge } from "./ff/merge.ts";
import { OpenFiles } from "./ff/open-files.ts";
import { survey } from "./ff/survey.ts";
import { walk } from "./ff/walk.ts";
import { Foresight } from "./foresight.ts";
import type { ProcessModel } from "./model.ts";
import type { Reading, TraceParser } from "./read-trace.ts";
import { withSilence } from "./with-silence.ts";

/** A person who watches a log that grows wants to see within a second what it showed. */
const SILENCE_MS = 900;

/** Where somebody watches: how long a silence is, and how long lines are held. Together they are less than a second. */
const SHORT_SILENCE_MS = 500;
const PATIENCE_MS = 450;

/** The sources grouped into traces: the files of one `strace -ff` belong together, each other log is alone. */
export function traceSets(sources: readonly TraceSource[]): TraceSource[][] {
  const sets: TraceSource[][] = [];
  const named = new Map<string, TraceSource[]>();
  for (const source of sources) {
    const known = source.set === null ? undefined : named.get(source.set);
    if (known) {
      known.push(source);
      continue;
    }
    const set = [source];
    sets.push(set);
    if (source.set !== null) named.set(source.set, set);
  }
  return sets;
}

/**
 * Reads one trace into `model`: a log, or all files of a `strace -ff` set (twice: first for its forks, which
 * say in which order to read the files).
 */
export async function readTraceSet(
  set: readonly TraceSource[],
  model: ProcessModel,
  reading: Reading,
): Promise<TraceCounts> {
  const [only] = set;
  if (!only) return noCounts();
  return set.length === 1 ? readSource(only, model, reading) : readFiles(set, model, reading);
}

async function readSource(
  source: TraceSource,
  model: ProcessModel,
  reading: Reading,
): Promise<TraceCounts> {
  const foresight = new Foresight(model);
  const parser = reading.parserFor(foresight, source, reading.signatures);
  const room = parser.room === undefined ? {} : { room: parser.room };
  // What lies there whole comes as fast as it is read.
  const watched = reading.isWatched === true && source.size === null ? foresight : null;
  const pause = watched === null ? reading.pause : hurrying(watched, reading.pause);
  const own = pause === undefined ? reading : { ...reading, pause };
  if (await readLog(source.open({ ...reading.options, ...room }), parser, own)) foresight.end();
  return parser.counts;
}

/** Lets go what has been held for a while, each time that the reading pauses. */
function hurrying(
  foresight: Foresight,
  pause: Reading["pause"] = async () => true,
): () => Promise<boolean> {
  let since: number | null = null;
  return () => {
    const now = performance.now();
    if (since !== null && now - since > PATIENCE_MS) foresight.hurry();
    since = foresight.isHolding ? (since ?? now) : null;
    return pause();
  };
}

async function readFiles(
  set: readonly TraceSource[],
  model: ProcessModel,
  reading: Reading,
): Promise<TraceCounts> {
  const surveyed = await survey(set, reading);
  if (surveyed.timed) model.foretellStartOrder();
  else model.foretellDisorder(surveyed.restless);
  const files = new OpenFiles(reading.options);
  const order = (surveyed.timed ? merge : walk)(surveyed, (file) => new FfFile(file, files));
  const log = new FfLog(order);
  const { numbers } = log;
  const parser = reading.parserFor(model, { pid: null, numbers }, reading.signatures);
  try {
    await readLog(log.chunks(parser.room), parser, reading);
  } finally {
    await files.close();
  }
  const { counts } = parser;
  const lines = counts.lines + files.droppedLines;
  return { ...counts, bytes: files.bytes, lines, truncated: files.isCut };
}

/** Has all of a log parsed; false when the reading was left before its end. */
async function readLog(
  chunks: AsyncIterable<Uint8Array>,
  parser: TraceParser,
  reading: Reading,
): Promise<boolean> {
  const silent = async (): Promise<void> => {
    parser.catchUp?.();
    await reading.pause?.();
  };
  try {
    for await (const chunk of withSilence(
      chunks,
      reading.isWatched ? SHORT_SILENCE_MS : SILENCE_MS,
      silent,
    )) {
      parser.write(chunk);
      if (!reading.pause || (await reading.pause())) continue;
      parser.catchUp?.();
      return false;
    }
    parser.end();
    return true;
  } finally {
    parser.close?.();
  }
}
