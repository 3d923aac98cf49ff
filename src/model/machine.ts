/** Kinds of processors, as far as object files of one kind can be linked together. */
export const MACHINES = [
  "x86_64",
  "i386",
  "aarch64",
  "arm",
  "riscv64",
  "riscv32",
  "mips",
  "mipsel",
  "mips64",
  "mips64el",
  "powerpc",
  "powerpc64",
  "powerpc64le",
  "s390x",
  "sparc64",
  "loongarch64",
  "m68k",
  "sh4",
  "other",
] as const;

export type Machine = (typeof MACHINES)[number];
