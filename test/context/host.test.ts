import { expect, test } from "vitest";
import { hostOf } from "../../src/context/layout/host.ts";
import { JUDGED_CALLS } from "../../src/process/calls.ts";
import { ProcessModel } from "../../src/process/model.ts";
import { StraceParser } from "../../src/strace/parser.ts";
import { newObserver } from "./observer.fixture.ts";

function hostIn(...lines: readonly string[]): string {
  const observer = newObserver();
  const { paths } = observer;
  const watches = (name: string) => name === "HOST";
  const model = new ProcessModel({ paths, listener: observer, watches, lenient: true });
  const parser = new StraceParser({ sink: model, signatures: JUDGED_CALLS, pid: null });
  parser.write(Buffer.from(`${lines.join("\n")}\n`));
  parser.end();
  observer.end();
  return hostOf(observer);
}

const opened = (path: string) => `10 openat(AT_FDCWD, "${path}", O_RDONLY|O_CLOEXEC) = 3`;
const cache = opened("/etc/ld.so.cache");
const fedora = [cache, opened("/lib64/libc.so.6")];
const readOf = (machine: string) =>
  `10 read(3, "\\177ELF\\2\\1\\1\\3\\0\\0\\0\\0\\0\\0\\0\\0\\3\\0${machine}\\0\\1\\0\\0\\0"..., 832) = 832`;

test.each([
  ["Debian's libc", [cache, opened("/lib/aarch64-linux-gnu/libc.so.6")], "aarch64-linux-gnu"],
  ["musl's settings", [opened("/etc/ld-musl-aarch64.path")], "aarch64-linux-musl"],
  ["what libc begins with", [...fedora, readOf("\\267")], "aarch64-linux-gnu"],
  [
    "Fedora's own compiler, by a header of it",
    [...fedora, opened("/usr/lib/gcc/aarch64-redhat-linux/13/include/stddef.h")],
    "aarch64-redhat-linux",
  ],
  [
    "Red Hat's newer compiler, by a header of it",
    [
      ...fedora,
      opened("/opt/rh/gcc-toolset-13/root/usr/lib/gcc/aarch64-redhat-linux/13/include/stddef.h"),
    ],
    "aarch64-redhat-linux",
  ],
  [
    "a module of Python",
    [...fedora, opened("/usr/lib64/python3.12/lib-dynload/_bz2.cpython-312-aarch64-linux-gnu.so")],
    "aarch64-linux-gnu",
  ],
  [
    "where Yocto makes its own tools",
    [...fedora, opened("/home/b/build/tmp/work/aarch64-linux/m4-native/1.4/m4.c")],
    "aarch64-linux-gnu",
  ],
  [
    "the toolchain that rustup fetched",
    [
      ...fedora,
      opened("/home/b/.rustup/toolchains/stable-aarch64-unknown-linux-gnu/lib/libLLVM.so"),
    ],
    "aarch64-linux-gnu",
  ],
  [
    "a cross compiler for x86_64",
    [...fedora, opened("/usr/x86_64-linux-gnu/include/stdio.h")],
    "aarch64-linux-gnu",
  ],
  [
    "what cargo tells a build script",
    [
      '10 execve("/b/target/debug/build/z-1/build-script-build", ["b"], ["HOST=aarch64-unknown-linux-gnu"]) = 0',
      ...fedora,
    ],
    "aarch64-linux-gnu",
  ],
])("%s tells the host", (_, lines, host) => expect(hostIn(...lines)).toBe(host));

test.each([
  ["musl-gcc, which is the host's own", "/usr/x86_64-linux-musl/include/stdio.h"],
  ["a cross compiler for aarch64", "/usr/aarch64-linux-gnu/include/stdio.h"],
  ["a cross compiler's folder", "/usr/lib/gcc/aarch64-linux-gnu/13/include/stddef.h"],
])("%s leaves the host the usual one", (_, path) =>
  expect(hostIn(...fedora, opened(path))).toBe("x86_64-linux-gnu"),
);

test("of two compilers of the system the one is the host's that a plain name started", () => {
  const run = (driver: string, triple: string) => [
    `10 execve("/usr/bin/${driver}", ["${driver}", "a.c"], 0x7ffc /* 9 vars */) = 0`,
    "10 vfork() = 11",
    `11 execve("/usr/libexec/gcc/${triple}/13/cc1", ["cc1", "a.c"], 0x7ffc /* 9 vars */) = 0`,
    "11 +++ exited with 0 +++",
  ];
  expect(
    hostIn(
      ...run("riscv64-linux-gnu-gcc", "riscv64-linux-gnu"),
      ...run("gcc", "aarch64-unknown-linux-gnu"),
    ),
  ).toBe("aarch64-unknown-linux-gnu");
});
