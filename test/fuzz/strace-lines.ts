import fc from "fast-check";
import type { Signature } from "../../src/model/syscall.ts";
import { CALLS } from "../../src/process/calls.ts";

/** Names that lead in and out of sysroots, up and down, and nowhere. */
const NAMES = ["usr", "lib", "include", "..", ".", "", "sysroot", "x86_64-linux-gnu", "pkgconfig"];
const FILES = ["libz.so", "openssl.pc", "stdio.h", "crt1.o", "gcc", "cc1", "ld", "libc.so.6", "x"];

const bytes = fc
  .uint8Array({ maxLength: 12 })
  .map((octets) => Buffer.from(octets).toString("latin1"));
const name = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...NAMES, ...FILES) },
  { weight: 1, arbitrary: bytes.map(escaped) },
);
const path = fc
  .tuple(fc.constantFrom("/", "", "/", "../", "//"), fc.array(name, { maxLength: 6 }))
  .map(([root, names]) => root + names.join("/"));

/** Octal and hexadecimal escapes, and now and then none where one is due. */
function escaped(text: string): string {
  return text.replace(/[^ -!#-[\]-~]/g, (c) => {
    const code = c.charCodeAt(0);
    if (code % 5 === 0) return `\\x${code.toString(16).padStart(2, "0")}`;
    return c === "\n" ? "\\n" : `\\${code.toString(8)}`;
  });
}

const cut = fc.constantFrom("", "", "", "", "...");
const quoted = fc.tuple(path, cut).map(([text, dots]) => `"${text}"${dots}`);
const number = fc.oneof(
  fc.integer({ min: -2, max: 12 }).map(String),
  fc.constantFrom("65536", "4294967295", "99999999999999999999", "-1", "0x7f0012345678", "NULL"),
);
const descriptor = fc.oneof(
  number,
  fc.constant("AT_FDCWD"),
  fc.tuple(fc.constantFrom("AT_FDCWD", "3", "7"), path).map(([fd, text]) => `${fd}<${text}>`),
);
const list = fc
  .tuple(fc.array(quoted, { maxLength: 5 }), fc.constantFrom("", ", ..."))
  .map(([items, more]) => `[${items.join(", ")}${more}]`);
const variables = fc
  .array(fc.tuple(fc.constantFrom("CPATH", "PATH", "PWD", "PKG_CONFIG_LIBDIR", "X"), path), {
    maxLength: 4,
  })
  .map((all) => `[${all.map(([key, value]) => `"${key}=${value}"`).join(", ")}]`);
const environment = fc.oneof(variables, fc.constant("0x7ffd /* 35 vars */"), number);
const flags = fc.constantFrom(
  "O_RDONLY|O_CLOEXEC",
  "O_WRONLY|O_CREAT|O_TRUNC, 0666",
  "O_RDWR|O_CREAT",
  "CLONE_VM|CLONE_VFORK|SIGCHLD",
  "flags=CLONE_VM|CLONE_FS|CLONE_FILES|CLONE_THREAD",
  "F_DUPFD_CLOEXEC",
  "R_OK",
  "0x80000",
  "",
);
const content = fc
  .tuple(fc.constantFrom("\\177ELF\\2\\1\\1", "-I/usr/include -lz\\n", ""), bytes, cut)
  .map(([start, rest, dots]) => `"${start}${escaped(rest)}"${dots}`);

const KINDS: Readonly<Record<keyof Signature, fc.Arbitrary<string>>> = {
  dirfd: descriptor,
  path: quoted,
  dirfd2: descriptor,
  path2: quoted,
  target: quoted,
  fd: descriptor,
  flags,
  argv: list,
  env: environment,
  out: quoted,
  content,
  address: fc.constantFrom('{sa_family=AF_UNIX, sun_path="/x"}', "{sa_family=AF_INET}", "NULL"),
  size: number,
  made: fc.tuple(descriptor, descriptor).map(([a, b]) => `[${a}, ${b}]`),
};

const calls: readonly fc.Arbitrary<readonly [string, string]>[] = [...CALLS].map(
  ([call, { effect: _, ...signature }]) => {
    const positions: fc.Arbitrary<string>[] = [];
    for (const [kind, at] of Object.entries(signature))
      if (typeof at === "number" && kind in KINDS) positions[at] = KINDS[kind as keyof Signature];
    const all = Array.from(positions, (arbitrary) => arbitrary ?? number);
    return fc.tuple(
      fc.constant(call),
      fc.tuple(...all).map((texts) => texts.join(", ")),
    );
  },
);
const call = fc.oneof(...calls, fc.tuple(fc.constantFrom("brk", "futex", "not_a_call"), number));

const pid = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 1, max: 9 }).map(String) },
  { weight: 1, arbitrary: fc.constantFrom("0", "4194304", "99999999999999999999") },
);
const stamp = fc.constantFrom("", "", "", "12:00:01 ", "12:00:01.000002 ", "1700000000.000001 ");
const leader = fc
  .tuple(fc.constantFrom("bare", "padded", "label", "colour", "none"), pid, stamp)
  .map(([style, id, time]) => {
    if (style === "label") return `[pid ${id.padStart(5)}] ${time}`;
    if (style === "colour") return `\x1b[1m${id} ${time}\x1b[0m`;
    if (style === "none") return time;
    return `${style === "padded" ? id.padEnd(5) : id} ${time}`;
  });
const result = fc.oneof(
  number,
  fc.tuple(fc.integer({ min: 0, max: 9 }), path).map(([fd, text]) => `${fd}<${text}>`),
  fc.constantFrom(
    "-1 ENOENT (No such file or directory)",
    "? ERESTARTSYS (To be restarted if SA_RESTART is set)",
    "3 (INJECTED)",
    "77 /* 8 in strace's PID NS */",
    "?",
    "<unavailable>",
  ),
);
const tail = fc.constantFrom("", "", "", " <0.000012>", " (DELAYED)", "\r", " ");

const line: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc
      .tuple(leader, call, result, tail)
      .map(([start, [name, args], end, rest]) => `${start}${name}(${args}) = ${end}${rest}`),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(leader, call)
      .map(([start, [name, args]]) => `${start}${name}(${args} <unfinished ...>`),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(leader, call, result, tail)
      .map(
        ([start, [name, args], end, rest]) =>
          `${start}<... ${name} resumed>${args}) = ${end}${rest}`,
      ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        leader,
        fc.constantFrom("exited with 0", "killed by SIGKILL", "superseded by execve in pid 3"),
      )
      .map(([start, how]) => `${start}+++ ${how} +++`),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(leader, call, pid)
      .map(([start, [name, args], id]) => `${start}${name}(${args}strace: Process ${id} attached`),
  },
  { weight: 1, arbitrary: pid.map((id) => `strace: Process ${id} detached`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(") = 0", " <unfinished ...>) = 3", "make: x", "", " | 00000"),
  },
  { weight: 1, arbitrary: bytes },
);

/** So many lines as strace writes them, of all calls that are read; the same for the same seed. */
export function straceLines(seed: number, count: number): readonly string[] {
  return fc.sample(line, { seed, numRuns: count });
}
