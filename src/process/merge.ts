import type { TraceCounts } from "../model/trace-counts.ts";
import { Cursor } from "./cursor.ts";
import type { ProcessModel } from "./model.ts";
import { OpenFiles } from "./open-files.ts";
import { addCounts, noCounts, type Reading } from "./read-trace.ts";
import { deliver, type SinkEvent } from "./sink-event.ts";
import type { Survey, SurveyedFile } from "./survey.ts";

/** A jump back of more than this is midnight passing: -tt shows the time of day. */
const HALF_DAY = 43_200;
const DAY = 86_400;

/** A file that is being read, and its next event. */
interface Stream {
  readonly cursor: Cursor;
  event: SinkEvent;
  time: number;
}

/** Events between two pauses. */
const PAUSE = 1024;

/**
 * Reads a `strace -ff` set in the order of its time stamps, which puts the lines of threads that share
 * descriptors in their true order. A file is open from its first stamp to its end.
 */
export async function merge(
  { files, born }: Survey,
  model: ProcessModel,
  reading: Reading,
): Promise<TraceCounts> {
  model.foretellStartOrder();
  const counts = noCounts();
  const first = startOfAll(files, born);
  const waiting = files
    .map((file) => ({ file, start: startOf(file, first) }))
    .sort((a, b) => b.start - a.start);
  const streams: Stream[] = [];
  const open = new OpenFiles();
  const done = (parser: { readonly counts: TraceCounts }): void => addCounts(counts, parser.counts);
  try {
    for (let steps = 1; ; steps++) {
      for (let next = waiting.at(-1); next; next = waiting.at(-1)) {
        const earliest = streams[0];
        if (earliest && earliest.time < next.start) break;
        waiting.pop();
        const cursor = new Cursor(next.file.source, reading, open, done);
        const event = await cursor.next();
        if (!event) continue;
        const stream = { cursor, event, time: next.start };
        advance(stream, event);
        push(streams, stream);
      }
      const stream = streams[0];
      if (!stream) break;
      deliver(stream.event, model);
      const event = stream.cursor.take() ?? (await stream.cursor.next());
      if (event) advance(stream, event);
      sink(streams, event !== null);
      if (steps % PAUSE === 0 && reading.pause && !(await reading.pause())) break;
    }
  } finally {
    for (const { cursor } of streams) await cursor.close();
  }
  return counts;
}

/** When the process started that all others come from. */
function startOfAll(files: readonly SurveyedFile[], born: ReadonlySet<number>): number {
  const roots = files.filter(({ pid }) => !born.has(pid));
  const starts = (roots.length === 1 ? roots : files).map(({ start }) => start ?? 0);
  return starts.reduce((least, start) => Math.min(least, start), Number.POSITIVE_INFINITY);
}

/** A start before the first one is of the next day. */
function startOf({ start }: SurveyedFile, first: number): number {
  const time = start ?? first;
  return time < first ? time + DAY : time;
}

/** An event without a stamp of its own, such as an exit, follows the one before it. */
function advance(stream: Stream, event: SinkEvent): void {
  stream.event = event;
  let time = stream.cursor.time;
  if (time === null) return;
  while (stream.time - time > HALF_DAY) time += DAY;
  if (time > stream.time) stream.time = time;
}

/** Puts a stream into the heap. */
function push(heap: Stream[], stream: Stream): void {
  let at = heap.length;
  heap.push(stream);
  while (at > 0) {
    const above = (at - 1) >> 1;
    const parent = heap[above];
    if (!parent || parent.time <= stream.time) break;
    heap[at] = parent;
    at = above;
  }
  heap[at] = stream;
}

/** Lets the first stream of the heap sink to its place, after its time has changed; or takes it out. */
function sink(heap: Stream[], keep: boolean): void {
  const last = keep ? heap[0] : heap.pop();
  if (!last || heap.length === 0) return;
  let at = 0;
  for (;;) {
    let below = at * 2 + 1;
    const left = heap[below];
    const right = heap[below + 1];
    if (!left) break;
    if (right && right.time < left.time) below += 1;
    const child = heap[below];
    if (!child || child.time >= last.time) break;
    heap[at] = child;
    at = below;
  }
  heap[at] = last;
}
