/** A log as strace would have written it with other flags, or as something on its way would have changed it. */
export interface Dialect {
  readonly name: string;
  /** True where nothing that a judgement rests on is lost. */
  readonly keepsAll: boolean;
  readonly rewrite: (log: string) => string;
}

const EXECVE = /^(.*execve\("(?:[^"\\]|\\.)*", )(\[.*?\](?:\.\.\.)?), (?:\[.*\]|0x\w+)(.*)$/;
const STRING = /"((?:[^"\\]|\\.){32})(?:[^"\\]|\\.)+"(?:\.\.\.)?/g;
const MOST_ARGUMENTS = 32;

export const DIALECTS: readonly Dialect[] = [
  {
    name: "the pids in brackets, as on a terminal",
    keepsAll: true,
    rewrite: (log) => log.replace(/^(\d+) +(?=\S)/gm, "[pid $1] "),
  },
  {
    name: "lines that end as on Windows",
    keepsAll: true,
    rewrite: (log) => log.replaceAll("\n", "\r\n"),
  },
  {
    name: "the stamps of a CI server before each line",
    keepsAll: true,
    rewrite: (log) => log.replace(/^(?=.)/gm, "2026-11-20T10:00:01.1234567Z "),
  },
  {
    name: "a prefix of its own before each line",
    keepsAll: true,
    rewrite: (log) => {
      let line = 0;
      return log.replace(/^(?=.)/gm, () => `[ci/fw ${String(++line).padStart(5)}] step 3 - `);
    },
  },
  {
    name: "four spaces before each line, as in Markdown",
    keepsAll: true,
    rewrite: (log) => log.replace(/^(?=.)/gm, "    "),
  },
  {
    name: "spaces behind each line, as tmux has them",
    keepsAll: true,
    rewrite: (log) => log.replace(/(?<=.)$/gm, "      "),
  },
  {
    name: "no environments, as without -v",
    keepsAll: false,
    rewrite: (log) =>
      eachExec(log, (head, argv, tail) => `${head}${argv}, 0x7ffd18 /* 24 vars */${tail}`),
  },
  {
    name: "strings of 32 bytes, as without -s",
    keepsAll: false,
    rewrite: (log) =>
      eachExec(
        log,
        (head, argv, tail) => `${head}${shortened(argv)}, 0x7ffd18 /* 24 vars */${tail}`,
      ),
  },
  {
    name: "no paths behind descriptors, as without -y",
    keepsAll: false,
    rewrite: (log) => log.replace(/\b(AT_FDCWD|\d+)<(?:\/|pipe|socket|anon|char)[^>\n]*>/g, "$1"),
  },
  {
    name: "no ends of processes, as with -qq",
    keepsAll: false,
    rewrite: (log) => log.replace(/^.*(?:\+\+\+ exited with|exit_group\().*\n/gm, ""),
  },
  {
    name: "no calls that failed, as with -z",
    keepsAll: false,
    rewrite: (log) => log.replace(/^.* = -1 E[A-Z]+ \(.*\n/gm, ""),
  },
];

function eachExec(
  log: string,
  written: (head: string, argv: string, tail: string) => string,
): string {
  return log.replace(/^.*execve\(.*$/gm, (line) => {
    const [, head, argv, rest = ""] = EXECVE.exec(line) ?? [];
    return head === undefined || argv === undefined ? line : written(head, argv, rest);
  });
}

/** strace cuts a list to as many strings as it leaves bytes of each. */
function shortened(argv: string): string {
  const words = argv.match(/"(?:[^"\\]|\\.)*"(?:\.\.\.)?/g) ?? [];
  const kept = words.slice(0, MOST_ARGUMENTS).map((word) => word.replace(STRING, '"$1"...'));
  return `[${[...kept, ...(words.length > kept.length ? ["..."] : [])].join(", ")}]`;
}
