import { reaches, type StraceVersion } from "./strace-program.ts";

/** What a recording asks of strace. */
export interface StraceWishes {
  readonly version: StraceVersion | null;
  /** Names of the calls to trace; those that the machine does not have are passed over. */
  readonly calls: readonly string[];
  /** Where the log goes. */
  readonly output: string;
  /** Processes to attach to; empty where strace starts the command itself. */
  readonly attach: readonly number[];
}

/** An option, and why a recording has it. Costs are in benchmarks/NOTES.md, "What strace costs". */
interface Choice {
  readonly words: readonly string[];
  /** First release with the option; older ones do without. */
  readonly since?: StraceVersion;
  /** Only when strace starts the command, or only when it attaches. */
  readonly only?: "start" | "attach";
}

const CHOICES: readonly Choice[] = [
  // A build is its children.
  { words: ["-f"] },
  // The kernel stops a tracee for the calls asked for, not for each. It cannot be put upon a running process.
  { words: ["--seccomp-bpf"], since: [5, 3], only: "start" },
  // Paths behind descriptors, working folders and results: where a symlink led is seen nowhere else.
  { words: ["-y"] },
  // Arguments and environment in full, of programs alone: -v would also spell out every stat.
  { words: ["-s", "65535", "-e", "abbrev=!execve,execveat"] },
  // One for each child, and they say nothing; those that kill end a process.
  { words: ["-e", "signal=!SIGCHLD"] },
  // Results right behind the calls: nobody looks at the column that they would stand in.
  { words: ["-a", "1"] },
  { words: ["-q"], only: "attach" },
];

/** The arguments for strace, up to the command. */
export function straceArguments(wishes: StraceWishes): readonly string[] {
  const { version, calls, output, attach } = wishes;
  const way = attach.length === 0 ? "start" : "attach";
  const chosen = CHOICES.filter(
    ({ since, only }) =>
      (since === undefined || reaches(version, since)) && (only === undefined || only === way),
  );
  const names = calls.map((name) => `?${name}`).join(",");
  return [
    ...chosen.flatMap(({ words }) => words),
    ...["-e", `trace=${names}`, "-o", output],
    ...attach.flatMap((pid) => ["-p", `${pid}`]),
  ];
}
