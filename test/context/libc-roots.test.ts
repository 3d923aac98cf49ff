import { describe, expect, test } from "vitest";
import { libcRoot } from "../../src/context/names/libc-roots.ts";

describe("a file of the C library below another root than the host's", () => {
  test.each([
    ["/opt/acme/root/usr/include/stdc-predef.h", "/opt/acme/root"],
    ["/srv/board/usr/include/features.h", "/srv/board"],
    ["/srv/board/usr/lib/Scrt1.o", "/srv/board"],
    ["/srv/board/usr/lib/aarch64-linux-gnu/crt1.o", "/srv/board"],
    ["/srv/board/lib64/libc.so", "/srv/board"],
    ["/dev/shm/board/usr/lib/crt1.o", "/dev/shm/board"],
  ])("%s tells the sysroot %s", (path, root) => {
    expect(libcRoot(path)).toBe(root);
  });

  test.each([
    ["/usr/include/stdc-predef.h", "the host's own"],
    ["/usr/lib/x86_64-linux-gnu/crt1.o", "the host's own"],
    ["/usr/aarch64-linux-gnu/lib/crt1.o", "a distribution's cross compiler's"],
    ["/opt/rh/gcc-toolset-12/root/usr/include/features.h", "a software collection's"],
    ["/nix/store/0123456789abcdfghijklmnpqrsvwxyz-glibc-2.38/lib/crt1.o", "a package's of Nix"],
    ["/home/linuxbrew/.linuxbrew/lib/crt1.o", "Homebrew's"],
    ["/srv/board/usr/lib/libz.so", "no part of the C library"],
    ["/srv/board/lib/libc.so.6", "what a program of that root loads"],
  ])("%s tells none, for it is %s", (path) => {
    expect(libcRoot(path)).toBeNull();
  });
});
