import type { Random } from "./random.ts";

/** How descriptors, stat buffers and environments are spelled: short, or as `-yy -v` does. */
export interface Spelling {
  readonly rich: boolean;
  fd(number: number, path: string): string;
  cwd(path: string): string;
  stat(size: number, inode: number): string;
  environment(): string;
}

/** `strace -f -o`: what a user gets who asks for nothing. */
export function shortSpelling(random: Random): Spelling {
  return {
    rich: false,
    fd: (number) => String(number),
    cwd: () => "AT_FDCWD",
    stat: (size) => `{st_mode=S_IFREG|0644, st_size=${size}, ...}`,
    environment: () => `0x7ffd${hex(random, 8)} /* 24 vars */`,
  };
}

/** `-yy -v`. */
export function richSpelling(): Spelling {
  return {
    rich: true,
    fd: (number, path) => `${number}<${path}>`,
    cwd: (path) => `AT_FDCWD<${path}>`,
    stat: (size, inode) =>
      `{st_dev=makedev(0xfe, 0), st_ino=${inode}, st_mode=S_IFREG|0644, st_nlink=1, st_uid=1000, st_gid=1000, st_blksize=4096, st_blocks=${(size >> 9) + 1}, st_size=${size}, st_atime=1795325746 /* 2026-11-22T05:35:46.891390797+0000 */, st_atime_nsec=891390797, st_mtime=1795325746 /* 2026-11-22T05:35:46.879390797+0000 */, st_mtime_nsec=879390797, st_ctime=1795325746 /* 2026-11-22T05:35:46.879390797+0000 */, st_ctime_nsec=879390797}`,
    environment: () =>
      '["PATH=/usr/bin:/bin", "HOME=/home/builder", "LC_ALL=C", "PKG_CONFIG_PATH=/sysroot/usr/lib/pkgconfig", "PKG_CONFIG_SYSROOT_DIR=/sysroot", "CC=aarch64-poky-linux-gcc --sysroot=/sysroot", "MAKEFLAGS= -j8"]',
  };
}

/** So many random hexadecimal digits: addresses differ in each process. */
export function hex(random: Random, digits: number): string {
  let text = "";
  while (text.length < digits) text += random.below(0x10000).toString(16).padStart(4, "0");
  return text.slice(0, digits);
}
