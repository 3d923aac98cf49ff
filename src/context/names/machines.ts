import type { Machine } from "../../model/machine.ts";
import { baseName } from "../../model/path.ts";

/** Spellings of the first word of a triple, most specific first. */
const CPU: readonly (readonly [RegExp, Machine])[] = [
  [
    /^(x86_64|amd64|x86_64_v\d|(x86|(qemu|generic)x86|core2|corei7|atom|silvermont|goldmont|tremont|nehalem|westmere|sandybridge|ivybridge|haswell|broadwell|skylake|icelake|alderlake|znver\d)-64)$/,
    "x86_64",
  ],
  [/^(i[3-7]86|x86|(core2|corei7|atom|silvermont)-32)$/, "i386"],
  [
    /^(aarch64|aarch64_be|arm64|armv8a?|cortexa(3[45]|5[357]|6[5]|7[1235678]|7[258]ae|510|520|7[12]0).*|neoverse.*|qemuarm64)$/,
    "aarch64",
  ],
  [
    /^(arm|armeb|armhf|armel|thumb|armv[4-7].*|cortexa(5|7|8|9|12|15|17)(t2)?(hf)?.*|cortexm.*|cortexr.*|arm\d+.*|xscale|qemuarm|armv8l)$/,
    "arm",
  ],
  [/^(riscv64.*|qemuriscv64)$/, "riscv64"],
  [/^(riscv32.*|qemuriscv32)$/, "riscv32"],
  [/^(mips64.*el|mipsisa64.*el)$/, "mips64el"],
  [/^(mips64|mipsisa64.*)$/, "mips64"],
  [/^(mips(32|isa32)?.*el|mipsel.*)$/, "mipsel"],
  [/^(mips(32|isa32)?.*)$/, "mips"],
  [/^(powerpc64le|ppc64le|ppc64el)$/, "powerpc64le"],
  [/^(powerpc64|ppc64.*)$/, "powerpc64"],
  [/^(powerpc|ppc.*)$/, "powerpc"],
  [/^s390x$/, "s390x"],
  [/^sparc64$/, "sparc64"],
  [/^loongarch64$/, "loongarch64"],
  [/^m68k$/, "m68k"],
  [/^sh4$/, "sh4"],
  [
    /^(arc|avr|bpf|bpfel|microblaze(el)?|nios2|or1k|xtensa|hppa|alpha|ia64|csky|tricore|msp430|wasm32|wasm64)$/,
    "other",
  ],
];

/**
 * Systems whose programs are no ELF files: to a Linux host they are another machine, whatever the processor. Boot
 * loaders are made with `x86_64-unknown-windows` and `-uefi` for boards that run Linux, and stay the board's.
 */
const NOT_ELF = /-(?:mingw|cygwin|msys|pc-windows|apple|darwin|macos|ios)/;

/** The machine that the first word of a triple (`aarch64-poky-linux`) names; null for no known processor. */
export function machineOfTriple(triple: string): Machine | null {
  const machine = processorOf(triple);
  return machine !== null && NOT_ELF.test(triple) ? "other" : machine;
}

function processorOf(triple: string): Machine | null {
  const two = /^[^-]+-(?:32|64)(?=-)/.exec(triple)?.[0];
  for (const word of two === undefined ? [] : [two]) {
    const machine = machineOfCpu(word);
    if (machine !== null) return machine;
  }
  return machineOfCpu(triple.split("-", 1)[0] ?? "");
}

/** The machine of a processor's name; null when it is none. */
export function machineOfCpu(cpu: string): Machine | null {
  for (const [pattern, machine] of CPU) if (pattern.test(cpu)) return machine;
  return null;
}

/**
 * True for a triple of the host's kind with another C library: who asks for `x86_64-linux-android` on a glibc host crosses,
 * though the machine is the same. Null libraries, as of boot code (`x86_64-unknown-none`), say nothing.
 */
export function hasOtherLibc(triple: string, host: string): boolean {
  const [own, hosts] = [libcOf(triple), libcOf(host) ?? "gnu"];
  return own !== null && own !== hosts;
}

function libcOf(triple: string): string | null {
  return /-linux\d*-?(android|musl|uclibc|gnu)\w*$/.exec(unversioned(triple))?.[1] ?? null;
}

/** A triple without the versions that Android's, Apple's and zig's compilers put behind a word: `aarch64-linux-android21`. */
export function unversioned(triple: string): string {
  return triple.replace(
    /(-(?:linux|gnu|musl|android(?:eabi)?|macosx?|ios))\.?\d[\d.]*(?=-|$)/g,
    "$1",
  );
}

/** True for text that can be a triple: a known processor and at least one more word. */
export function isTriple(text: string): boolean {
  return text.includes("-") && /^[\w.+-]+$/.test(text) && machineOfTriple(text) !== null;
}

/** The machine of a linker emulation (`-m aarch64linux`), by the names of GNU ld, gold, lld and mold. */
export function machineOfEmulation(emulation: string): Machine | null {
  if (/^(elf_x86_64|elf32_x86_64)/.test(emulation)) return "x86_64";
  if (/^(elf_i386|elf_iamcu)/.test(emulation)) return "i386";
  if (/^aarch64(_be)?(linux|elf|_lin)/.test(emulation)) return "aarch64";
  if (/^arm(elf|_linux|b?elf|linux)/.test(emulation)) return "arm";
  if (/^elf64[lb]?riscv/.test(emulation)) return "riscv64";
  if (/^elf32[lb]?riscv/.test(emulation)) return "riscv32";
  if (/^elf64(l|_?little)?(ltsmip|btsmip)|^elf64.*mip/.test(emulation))
    return emulation.includes("ltsmip") ? "mips64el" : "mips64";
  if (/^elf32.*mip/.test(emulation)) return emulation.includes("ltsmip") ? "mipsel" : "mips";
  if (/^elf64lppc/.test(emulation)) return "powerpc64le";
  if (/^elf64ppc/.test(emulation)) return "powerpc64";
  if (/^elf32(l)?ppc/.test(emulation)) return "powerpc";
  if (/^elf64_s390/.test(emulation)) return "s390x";
  if (/^elf64_sparc/.test(emulation)) return "sparc64";
  if (/^elf64loongarch/.test(emulation)) return "loongarch64";
  if (/^m68kelf/.test(emulation)) return "m68k";
  return null;
}

/** The machine of a dynamic loader's file name (`ld-linux-aarch64.so.1`), as given with -dynamic-linker. */
export function machineOfLoader(path: string): Machine | null {
  const name = baseName(path);
  if (name === "ld-linux-x86-64.so.2" || name === "ld-linux-x32.so.2") return "x86_64";
  if (name === "ld-linux.so.2") return "i386";
  if (/^ld-linux-aarch64/.test(name)) return "aarch64";
  if (/^ld-linux(-armhf)?\.so\.3$/.test(name)) return "arm";
  if (/^ld-linux-riscv64/.test(name)) return "riscv64";
  if (/^ld-linux-riscv32/.test(name)) return "riscv32";
  if (/^ld-linux-mipsn8/.test(name)) return "mips";
  if (name === "ld64.so.2") return "powerpc64le";
  if (name === "ld64.so.1") return path.includes("s390") ? "s390x" : "powerpc64";
  const musl = /^ld-musl-([\w-]+)\.so/.exec(name)?.[1];
  return musl === undefined ? null : machineOfCpu(musl.replace(/hf$|-sf$/, ""));
}

/** e_machine of an ELF header, by number (System V ABI). Endianness and class tell MIPS and PowerPC apart. */
const ELF_MACHINE: Readonly<Record<number, Machine>> = {
  2: "other",
  3: "i386",
  4: "m68k",
  8: "mips",
  10: "mipsel",
  20: "powerpc",
  21: "powerpc64",
  22: "s390x",
  40: "arm",
  42: "sh4",
  43: "sparc64",
  62: "x86_64",
  183: "aarch64",
  243: "riscv64",
  258: "loongarch64",
};

/** The machine of an ELF file from its first 20 bytes or more; null when they are no ELF header. */
export function machineOfElf(head: string): Machine | null {
  if (head.length < 20 || !head.startsWith("\x7fELF")) return null;
  const little = head.charCodeAt(5) !== 2;
  const wide = head.charCodeAt(4) === 2;
  const [low, high] = little ? [18, 19] : [19, 18];
  const machine = ELF_MACHINE[head.charCodeAt(low) | (head.charCodeAt(high) << 8)] ?? "other";
  if (machine === "mips")
    return wide ? (little ? "mips64el" : "mips64") : little ? "mipsel" : "mips";
  if (machine === "powerpc64") return little ? "powerpc64le" : "powerpc64";
  if (machine === "riscv64") return wide ? "riscv64" : "riscv32";
  return machine;
}
