import type { FfFile } from "./file.ts";
import type { Stretch } from "./log.ts";
import type { Survey, SurveyedFile } from "./survey.ts";

/** A jump back of more than this is midnight passing: -tt shows the time of day. */
const HALF_DAY = 43_200;
const DAY = 86_400;

/** A file that is being read, and the time of the line at hand. */
interface Stream {
  readonly file: FfFile;
  time: number;
}

/**
 * The order of a `strace -ff` set by its time stamps, which puts the lines of threads that share descriptors in
 * their true order. A file is open from its first stamp to its end.
 */
export async function* merge(
  { files, born }: Survey,
  open: (file: SurveyedFile) => FfFile,
): AsyncGenerator<Stretch> {
  const first = startOfAll(files, born);
  const waiting = files
    .map((file) => ({ file, start: startOf(file, first) }))
    .sort((a, b) => b.start - a.start);
  const streams: Stream[] = [];
  for (;;) {
    for (let next = waiting.at(-1); next; next = waiting.at(-1)) {
      const earliest = streams[0];
      if (earliest && earliest.time < next.start) break;
      waiting.pop();
      const stream = { file: open(next.file), time: next.start };
      if (!(await stream.file.load())) continue;
      advance(stream);
      push(streams, stream);
    }
    const stream = streams[0];
    if (!stream) return;
    const { file } = stream;
    const next = waiting.at(-1)?.start ?? Number.POSITIVE_INFINITY;
    const others = Math.min(timeOf(streams[1]), timeOf(streams[2]));
    const goesOn = (): boolean => {
      advance(stream);
      return stream.time <= others && stream.time < next;
    };
    yield { file, goesOn };
    sink(streams, file.hasLine);
  }
}

function timeOf(stream: Stream | undefined): number {
  return stream?.time ?? Number.POSITIVE_INFINITY;
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

/** A line without a stamp of its own follows the one before it. */
function advance(stream: Stream): void {
  let { time } = stream.file;
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
