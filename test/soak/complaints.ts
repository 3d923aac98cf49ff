import type { Measured } from "./measure.ts";
import type { Shape } from "./shapes.ts";

/** A run at one size. */
export interface Run extends Measured {
  readonly size: number;
}

/** Start-up, in seconds, on a busy machine. */
const START = 2;
/** How much slower than linear a run may seem where other programs run too. */
const NOISE = 1.6;
const MOST_DESCRIPTORS = 128;

/** What is wrong with the runs of a shape, smallest first. */
export function* complaints(shape: Shape, runs: readonly Run[]): Iterable<string> {
  for (const { size, memory, descriptors, report } of runs) {
    if (memory > shape.most) yield `${size}: ${memory.toFixed(0)} MiB, more than ${shape.most}`;
    if (descriptors > MOST_DESCRIPTORS) yield `${size}: ${descriptors} descriptors at once`;
    // Beyond a limit, the report says that there was more.
    if (report.undecided.some(({ what }) => what === "limit")) continue;
    for (const header of ["first", "last"])
      if (!report.findings.some(({ path }) => path === `/usr/include/${header}.h`))
        yield `${size}: the ${header} leak was not found`;
  }
  const [small, large] = [runs[0], runs.at(-1)];
  if (small === undefined || large === undefined || small === large) return;
  const linear = (small.seconds * large.size) / small.size;
  if (large.seconds > START + linear * NOISE)
    yield `${large.seconds.toFixed(1)} s for ${large.size}, though ${small.size} took ${small.seconds.toFixed(1)} s`;
}
