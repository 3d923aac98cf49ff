import type { TraceCounts } from "../model/trace-counts.ts";
import type { TraceSource } from "../model/trace-source.ts";
import { Foresight } from "./foresight.ts";
import { merge } from "./merge.ts";
import type { ProcessModel } from "./model.ts";
import { noCounts, type Reading } from "./read-trace.ts";
import { survey } from "./survey.ts";
import { walk } from "./walk.ts";
import { withSilence } from "./with-silence.ts";

/** A person who watches a log that grows wants to see within a second what it showed. */
const SILENCE_MS = 900;

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
  if (set.length === 1) return readLog(only, model, reading);
  const surveyed = await survey(set, reading);
  return surveyed.timed ? merge(surveyed, model, reading) : walk(surveyed, model, reading);
}

async function readLog(
  source: TraceSource,
  model: ProcessModel,
  reading: Reading,
): Promise<TraceCounts> {
  const foresight = new Foresight(model);
  const parser = reading.parserFor(foresight, source, reading.signatures);
  const room = parser.room === undefined ? {} : { room: parser.room };
  try {
    const chunks = source.open({ ...reading.options, ...room });
    const silent = async (): Promise<void> => {
      parser.catchUp?.();
      await reading.pause?.();
    };
    for await (const chunk of withSilence(chunks, SILENCE_MS, silent)) {
      parser.write(chunk);
      if (!reading.pause || (await reading.pause())) continue;
      parser.catchUp?.();
      return parser.counts;
    }
    parser.end();
  } finally {
    parser.close?.();
  }
  foresight.end();
  return parser.counts;
}
