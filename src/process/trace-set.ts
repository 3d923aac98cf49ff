import type { Signature } from "../model/syscall.ts";
import type { ReadOptions, TraceSource } from "../model/trace-source.ts";
import { Foresight } from "./foresight.ts";
import type { ProcessModel } from "./model.ts";
import type { ParserFactory } from "./read-trace.ts";

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
 * Reads one trace, a log or the files of a `strace -ff` set, into `model`. `pause` is awaited after each
 * chunk, and ends the reading when it answers false.
 */
export async function readTraceSet(
  set: readonly TraceSource[],
  parserFor: ParserFactory,
  model: ProcessModel,
  signatures: ReadonlyMap<string, Signature>,
  pause: () => Promise<boolean> = async () => true,
  options: ReadOptions = {},
): Promise<void> {
  const [only, ...more] = set;
  if (!only) return;
  for (const source of [only, ...more]) {
    const foresight = new Foresight(model);
    const parser = parserFor(foresight, source, signatures);
    for await (const chunk of source.open(options)) {
      parser.write(chunk);
      if (!(await pause())) return;
    }
    parser.end();
    foresight.end();
  }
}
