import type { FfFile } from "./file.ts";
import type { Stretch } from "./log.ts";
import type { Fork, Survey, SurveyedFile } from "./survey.ts";

/** A file that is read as far as one of its forks, and those that are to come. */
interface Step {
  readonly file: FfFile;
  readonly forks: readonly Fork[];
  at: number;
}

/**
 * The order of a `strace -ff` set without time stamps: each file up to a fork, then the child's, then on. A child is
 * thus seen in the state that its parent was in. Files are read as deep as the tree, however deep that is.
 */
export async function* walk(
  { files, born }: Survey,
  open: (file: SurveyedFile) => FfFile,
): AsyncGenerator<Stretch> {
  const waiting = new Map<number, SurveyedFile>(files.map((file) => [file.pid, file]));
  const steps: Step[] = [];
  const enter = async (surveyed: SurveyedFile): Promise<void> => {
    waiting.delete(surveyed.pid);
    const file = open(surveyed);
    steps.push({ file, forks: surveyed.forks, at: 0 });
    await file.load();
  };
  const roots = [...files.filter(({ pid }) => !born.has(pid)), ...files];
  for (const root of roots) {
    if (waiting.has(root.pid)) await enter(root);
    for (let step = steps.at(-1); step; step = steps.at(-1)) {
      const { file, forks } = step;
      const fork = forks[step.at++];
      const last = fork?.line ?? Number.POSITIVE_INFINITY;
      if (file.hasLine && file.line <= last) yield { file, goesOn: () => file.line <= last };
      const child = waiting.get(fork?.child ?? -1);
      if (child) await enter(child);
      else if (fork === undefined) steps.pop();
    }
  }
}
