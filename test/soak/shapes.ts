import { makeTrace } from "../../benchmarks/generator/trace.ts";

/** A kind of log that a large build could write, or somebody who means harm. */
export interface Shape {
  readonly name: string;
  /** What a size counts. */
  readonly unit: string;
  /** Sizes: in `npm test`, and in `npm run soak`. */
  readonly small: number;
  readonly large: number;
  /** Memory that it may take at any size, in MiB. */
  readonly most: number;
  /** The log, or the files of a `strace -ff` set by their pids, in pieces. */
  readonly make: (size: number) => Iterable<string> | FileSet;
}

/** Files that are written one after the other. */
export interface FileSet {
  readonly files: Iterable<readonly [pid: number, text: string]>;
}

const MEBI = 1 << 20;
const COMPILER = "/usr/lib/gcc-cross/aarch64-linux-gnu/12/cc1";

/** A process that compiles one header of the host: a leak which must be found before and behind everything else. */
export function leak(pid: number, header: string): string {
  return `${exec(pid, `["cc1", "-isysroot", "/opt/s", "${header}.c"]`)}${pid} openat(AT_FDCWD, "/usr/include/${header}.h", O_RDONLY) = 3\n${pid} +++ exited with 0 +++\n`;
}

function exec(pid: number, argv: string, env: string = "0x1 /* 9 vars */"): string {
  return `${pid} execve("${COMPILER}", ${argv}, ${env}) = 0\n`;
}

function open(pid: number, path: string, result: string = "3"): string {
  return `${pid} openat(AT_FDCWD, "${path}", O_RDONLY) = ${result}\n`;
}

function* each(count: number, line: (at: number) => string): Iterable<string> {
  for (let at = 0; at < count; at++) yield line(at);
}

function* long(before: string, mebibytes: number, behind: string): Iterable<string> {
  yield before;
  yield* each(mebibytes, () => "x".repeat(MEBI));
  yield behind;
}

/** Bytes of one list of strings, as Linux allows them at most by default. */
const TWO_MB = 2_000_000;
const STRINGS = 20_000;

function strings(text: (at: number) => string): string {
  return [...each(STRINGS, (at) => `"${text(at).padEnd(TWO_MB / STRINGS - 4, "a")}"`)].join(", ");
}

const THREAD =
  "CLONE_VM|CLONE_FS|CLONE_FILES|CLONE_SIGHAND|CLONE_THREAD|CLONE_SYSVSEM|CLONE_SETTLS|CLONE_PARENT_SETTID";

export const SHAPES: readonly Shape[] = [
  {
    name: "a long build through a pipe",
    unit: "MB",
    small: 4,
    large: 10_000,
    most: 200,
    *make(size) {
      const build = { kind: "all", dialect: "plain", bytes: size * 1e6, seed: 1 } as const;
      for (const piece of makeTrace(build)) yield Buffer.from(piece).toString("latin1");
    },
  },
  {
    name: "one line of program output",
    unit: "MiB",
    small: 8,
    large: 64,
    most: 200,
    make: (size) => long("", size, "\n"),
  },
  {
    name: "one line of a write",
    unit: "MiB",
    small: 8,
    large: 64,
    most: 200,
    make: (size) => long('8 write(1, "', size, '", 9) = 9\n'),
  },
  {
    name: "one path",
    unit: "MiB",
    small: 4,
    large: 64,
    most: 200,
    make: (size) => long('8 openat(AT_FDCWD, "/usr/include/', size, '", O_RDONLY) = 3\n'),
  },
  {
    name: "processes, one after the other",
    unit: "processes",
    small: 5000,
    large: 1_000_000,
    most: 200,
    make: (size) =>
      each(size, (at) => {
        const pid = 300 + (at % 4_000_000);
        return `10 vfork( <unfinished ...>\n${exec(pid, `["cc1", "u${at}.c"]`)}10 <... vfork resumed>) = ${pid}\n${open(pid, "/opt/s/usr/include/stdio.h")}${pid} +++ exited with 0 +++\n`;
      }),
  },
  {
    name: "processes that never end",
    unit: "processes",
    small: 5000,
    large: 1_000_000,
    most: 500,
    make: (size) =>
      each(
        size,
        (at) =>
          `10 clone(child_stack=NULL, flags=SIGCHLD) = ${100 + at}\n${exec(100 + at, `["cc1", "u${at}.c"]`)}${open(100 + at, "/opt/s/usr/include/stdio.h")}`,
      ),
  },
  {
    name: "pids out of nowhere",
    unit: "pids",
    small: 5000,
    large: 1_000_000,
    most: 500,
    make: (size) => each(size, (at) => open(100 + at, "/opt/s/usr/include/stdio.h")),
  },
  {
    name: "threads of one process",
    unit: "threads",
    small: 2000,
    large: 100_000,
    most: 500,
    *make(size) {
      const path = (at: number) => `/opt/s/usr/include/${at % 100}.h`;
      yield exec(10, '["cc1", "a.c"]');
      yield* each(
        size,
        (at) => `10 clone(child_stack=0x7f, flags=${THREAD}, tls=0x7f) = ${100 + at}\n`,
      );
      yield* each(
        size,
        (at) => `${100 + at} openat(AT_FDCWD, "${path(at)}", O_RDONLY <unfinished ...>\n`,
      );
      yield* each(size, (at) => `${100 + at} <... openat resumed>) = ${at + 3}\n`);
      yield* each(size, (at) => `${100 + at} +++ exited with 0 +++\n`);
    },
  },
  {
    name: "distinct paths of the sysroot",
    unit: "paths",
    small: 10_000,
    large: 10_000_000,
    most: 500,
    make: (size) =>
      each(
        size,
        (at) =>
          `${open(10, `/opt/s/usr/include/part${at % 1000}/header-${at}.h`)}10 close(3) = 0\n`,
      ),
  },
  {
    name: "distinct paths that are missing",
    unit: "paths",
    small: 10_000,
    large: 10_000_000,
    most: 500,
    make: (size) =>
      each(size, (at) =>
        open(
          10,
          `/opt/s/usr/include/part${at % 1000}/${at}.h`,
          "-1 ENOENT (No such file or directory)",
        ),
      ),
  },
  {
    name: "distinct files that were made",
    unit: "files",
    small: 10_000,
    large: 10_000_000,
    most: 500,
    make: (size) =>
      each(
        size,
        (at) =>
          `10 openat(AT_FDCWD, "/build/part${at % 1000}/${at}.o", O_WRONLY|O_CREAT|O_TRUNC, 0666) = 3\n10 close(3) = 0\n`,
      ),
  },
  {
    name: "distinct leaks",
    unit: "leaks",
    small: 2000,
    large: 1_000_000,
    most: 500,
    *make(size) {
      yield exec(10, '["cc1", "-isysroot", "/opt/s", "a.c"]');
      yield* each(
        size,
        (at) => `${open(10, `/usr/include/part${at % 1000}/${at}.h`)}10 close(3) = 0\n`,
      );
    },
  },
  {
    name: "paths of 4,096 bytes",
    unit: "paths",
    small: 500,
    large: 100_000,
    most: 500,
    make(size) {
      const folder = `/opt/s${`/${"d".repeat(253)}`.repeat(15)}/${"e".repeat(229)}`;
      return each(
        size,
        (at) => `${open(10, `${folder}${String(at).padStart(50, "0")}`)}10 close(3) = 0\n`,
      );
    },
  },
  {
    name: "arguments of 2 MB",
    unit: "processes",
    small: 4,
    large: 400,
    most: 500,
    make(size) {
      const rest = strings((at) => `-I/opt/s/include/folder-${at}/`);
      return each(
        size,
        (at) =>
          `${exec(100 + at, `["cc1", "u${at}.c", ${rest}]`)}${100 + at} +++ exited with 0 +++\n`,
      );
    },
  },
  {
    name: "arguments of 2 MB, of processes that all live",
    unit: "processes",
    small: 4,
    large: 400,
    most: 500,
    make(size) {
      const rest = strings((at) => `-I/opt/s/include/folder-${at}/`);
      return each(size, (at) => exec(100 + at, `["cc1", "u${at}.c", ${rest}]`));
    },
  },
  {
    name: "environments of 2 MB",
    unit: "processes",
    small: 4,
    large: 400,
    most: 500,
    make(size) {
      const rest = strings((at) => `V${at}=`);
      return each(
        size,
        (at) =>
          `${exec(100 + at, '["cc1", "a.c"]', `["CPATH=/opt/s/${at}", ${rest}]`)}${100 + at} +++ exited with 0 +++\n`,
      );
    },
  },
  {
    name: "files of strace -ff -ttt, whose processes all live at once",
    unit: "files",
    small: 300,
    large: 10_000,
    most: 500,
    make: (size) => ({
      files: familyOf(size, (at) => `17000000${at < 0 ? "00.0" : "01.0"}00001 `),
    }),
  },
  {
    name: "files of strace -ff",
    unit: "files",
    small: 300,
    large: 10_000,
    most: 500,
    make: (size) => ({ files: familyOf(size, () => "") }),
  },
];

/** A parent that forks all others at once; each opens a header of the sysroot at the beginning and at the end. */
function* familyOf(
  size: number,
  stamp: (at: number) => string,
): Iterable<readonly [number, string]> {
  const argv = '["cc1", "-isysroot", "/opt/s", "a.c"]';
  const call = (at: number, text: string): string => `${stamp(at)}${text}\n`;
  const forks = [
    ...each(size, (at) => call(-1, `clone(child_stack=NULL, flags=SIGCHLD) = ${100 + at}`)),
  ];
  yield [99, forks.join("")];
  for (let at = 0; at < size; at++) {
    const path = at === 0 || at === size - 1 ? "/usr/include/" : "/opt/s/usr/include/";
    const header = at === 0 ? "first" : at === size - 1 ? "last" : String(at % 1000);
    yield [
      100 + at,
      call(at, `execve("${COMPILER}", ${argv}, 0x1 /* 9 vars */) = 0`) +
        call(at, `openat(AT_FDCWD, "${path}${header}.h", O_RDONLY) = 3`).repeat(20) +
        call(at, "+++ exited with 0 +++"),
    ];
  }
}
