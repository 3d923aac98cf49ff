import type { Report, Undecided } from "../model/report.ts";

/** Doubts that no other trace settles: options do, or judging less at once. */
const NOT_OF_THE_TRACE: ReadonlySet<Undecided["what"]> = new Set(["target", "elsewhere", "limit"]);

/** The strace commands whose traces would decide what these could not. */
export function adviceOf({ traces, undecided, findings }: Report): readonly string[] {
  const blind = traces.some(({ lacks }) => lacks.includes("execve"));
  const doubtful =
    undecided.some(({ what }) => blind || !NOT_OF_THE_TRACE.has(what)) ||
    (blind && findings.length > 0);
  return doubtful ? [...new Set(traces.flatMap(({ advice }) => advice ?? []))] : [];
}
