/** Exit codes, as README lists them. */
export const EXIT = { clean: 0, leaks: 1, usage: 2, input: 3 } as const;

/** Every error that a user can meet: one row says its title, what to do, and the exit code. */
export const ERRORS = {
  "input-missing": {
    title: "No such file or folder",
    hint: "check the path; use - to read from stdin",
    exit: EXIT.input,
  },
  "input-unreadable": {
    title: "The input cannot be read",
    hint: "check the path, its permissions and its disk",
    exit: EXIT.input,
  },
  "input-empty": {
    title: "The input is empty",
    hint: "give strace -o FILE, or redirect its stderr: strace -f ... 2> build.strace",
    exit: EXIT.input,
  },
  "input-not-strace": {
    title: "This is no strace log",
    hint: "hostbleed reads the output of strace -f; see hostbleed check --help",
    exit: EXIT.input,
  },
  "input-no-traces": {
    title: "No trace in this folder",
    hint: "a folder holds the files of strace -ff -o NAME: NAME.PID",
    exit: EXIT.input,
  },
  "input-no-access": {
    title: "The log holds no file access",
    hint: "trace at least -e trace=%file,%process",
    exit: EXIT.input,
  },
  "decompressor-missing": {
    title: "A program to decompress the input is missing",
    hint: "install it, or decompress the file first",
    exit: EXIT.input,
  },
  "input-damaged": {
    title: "The input is damaged",
    hint: "what came before the damage was judged; make the log anew, or fetch it again",
    exit: EXIT.input,
  },
  "strace-missing": {
    title: "strace is not installed",
    hint: "install it: apt-get install strace, dnf install strace, apk add strace",
    exit: EXIT.input,
  },
  "strace-too-old": {
    title: "strace is too old",
    hint: "install a newer one; from 5.3 on a traced build is also much faster",
    exit: EXIT.input,
  },
  "strace-refused": {
    title: "strace cannot trace here",
    hint: "see what strace -f true says",
    exit: EXIT.input,
  },
  "recording-failed": {
    title: "strace could not be started",
    hint: "check TMPDIR: it must hold a named pipe",
    exit: EXIT.input,
  },
  "save-failed": {
    title: "The trace could not be saved",
    hint: "check the folder and the free space; .zst, .gz and .xz need zstd, gzip and xz",
    exit: EXIT.input,
  },
  // 127 and 126 are what shells, env and nohup answer.
  "command-missing": {
    title: "No such command",
    hint: "check PATH; what stands behind -- is run as it is, without a shell",
    exit: 127,
  },
  "command-unusable": {
    title: "The command cannot be run",
    hint: "chmod +x, or name its interpreter: hostbleed run -- sh build.sh",
    exit: 126,
  },
  usage: { title: "Usage", hint: "see hostbleed --help", exit: EXIT.usage },
  config: {
    title: "The configuration is wrong",
    hint: "see hostbleed init for one that works",
    exit: EXIT.usage,
  },
  "rule-pack": {
    title: "The rule pack is wrong",
    hint: "hostbleed rules test FILE checks a pack, hostbleed schema rule-pack describes one",
    exit: EXIT.usage,
  },
  baseline: {
    title: "The baseline is wrong",
    hint: "hostbleed check --update-baseline writes a valid one",
    exit: EXIT.usage,
  },
  report: {
    title: "This is no hostbleed report",
    hint: "make one with hostbleed check --format json",
    exit: EXIT.usage,
  },
  "report-unwritable": {
    title: "The output could not be written",
    hint: "check the folder and the free space",
    exit: EXIT.input,
  },
} as const;

export type ErrorCode = keyof typeof ERRORS;

/** An error with a place in {@link ERRORS}; its message says what and where (`file:line:column` if known). */
export class HostbleedError extends Error {
  readonly code: ErrorCode;
  /** What to do, when it differs from the table's hint. */
  readonly hint: string;

  constructor(code: ErrorCode, message: string, hint: string = ERRORS[code].hint) {
    super(message);
    this.name = "HostbleedError";
    this.code = code;
    this.hint = hint;
  }

  get exitCode(): number {
    return ERRORS[this.code].exit;
  }
}
