import type { TraceCounts } from "../model/trace-counts.ts";
import { CALLS } from "./calls.ts";
import { Cursor } from "./cursor.ts";
import type { ProcessModel } from "./model.ts";
import { OpenFiles } from "./open-files.ts";
import { addCounts, noCounts, type Reading } from "./read-trace.ts";
import { deliver, type SinkEvent } from "./sink-event.ts";
import type { Survey, SurveyedFile } from "./survey.ts";

/** Events between two pauses. */
const PAUSE = 1024;

/**
 * Reads a `strace -ff` set without time stamps: each file up to a fork, then the child's, then on. A child is
 * thus seen in the state that its parent was in. Files are read as deep as the tree, however deep that is.
 */
export async function walk(
  { files, born, restless }: Survey,
  model: ProcessModel,
  reading: Reading,
): Promise<TraceCounts> {
  model.foretellDisorder(restless);
  const waiting = new Map<number, SurveyedFile>(files.map((file) => [file.pid, file]));
  const counts = noCounts();
  const open: Cursor[] = [];
  const openFiles = new OpenFiles();
  let steps = 0;
  const enter = (file: SurveyedFile): void => {
    waiting.delete(file.pid);
    open.push(
      new Cursor(file.source, reading, openFiles, ({ counts: more }) => addCounts(counts, more)),
    );
  };
  const roots = [...files.filter(({ pid }) => !born.has(pid)), ...files];
  try {
    for (const root of roots) {
      if (waiting.has(root.pid)) enter(root);
      for (let cursor = open.at(-1); cursor; cursor = open.at(-1)) {
        steps += 1;
        if (steps % PAUSE === 0 && reading.pause && !(await reading.pause())) return counts;
        const event = cursor.take() ?? (await cursor.next());
        if (!event) {
          open.pop();
          continue;
        }
        deliver(event, model);
        const child = waiting.get(childOf(event) ?? -1);
        if (child) enter(child);
      }
    }
  } finally {
    for (const cursor of open) await cursor.close();
  }
  return counts;
}

function childOf(event: SinkEvent): number | null {
  if (event.kind !== "finished" || CALLS.get(event.call.name)?.effect !== "fork") return null;
  return event.call.resultPid ?? event.call.result;
}
