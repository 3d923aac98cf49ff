import { describe, expect, test } from "vitest";
import {
  isTriple,
  machineOfElf,
  machineOfEmulation,
  machineOfLoader,
  machineOfTriple,
} from "../../src/context/names/machines.ts";

describe("a machine is known", () => {
  test.each([
    ["x86_64-linux-gnu", "x86_64"],
    ["core2-64-poky-linux", "x86_64"],
    ["x86-64-v3-poky-linux", "x86_64"],
    ["qemux86-64-poky-linux", "x86_64"],
    ["i686-linux-gnu", "i386"],
    ["aarch64-unknown-linux-musl", "aarch64"],
    ["cortexa53-poky-linux", "aarch64"],
    ["cortexa7t2hf-neon-poky-linux", "arm"],
    ["armv7-unknown-linux-gnueabihf", "arm"],
    ["arm-none-eabi", "arm"],
    ["riscv64gc-unknown-linux-gnu", "riscv64"],
    ["mipsel-linux-gnu", "mipsel"],
    ["mips64el-linux-gnuabi64", "mips64el"],
    ["mips-linux-gnu", "mips"],
    ["powerpc64le-linux-gnu", "powerpc64le"],
    ["powerpc-linux-gnu", "powerpc"],
    ["s390x-linux-gnu", "s390x"],
    ["qemuarm64-poky-linux", "aarch64"],
    ["x86_64-w64-mingw32", "other"],
    ["x86_64-pc-windows-gnu", "other"],
    ["aarch64-unknown-windows", "aarch64"],
    ["x86_64-unknown-uefi", "x86_64"],
    ["arm64-apple-darwin22", "other"],
  ])("by its triple: %s", (triple, machine) => {
    expect(machineOfTriple(triple)).toBe(machine);
    expect(isTriple(triple)).toBe(true);
  });

  test.each([
    ["elf_x86_64", "x86_64"],
    ["elf_i386", "i386"],
    ["aarch64linux", "aarch64"],
    ["aarch64elf", "aarch64"],
    ["armelf_linux_eabi", "arm"],
    ["elf64lriscv", "riscv64"],
    ["elf64lriscv_lp64f", "riscv64"],
    ["elf32lriscv", "riscv32"],
    ["elf64lppc", "powerpc64le"],
    ["elf64ppc", "powerpc64"],
    ["elf32ppclinux", "powerpc"],
    ["elf32ltsmip", "mipsel"],
    ["elf32btsmip", "mips"],
    ["elf64ltsmip", "mips64el"],
    ["elf64_s390", "s390x"],
    ["elf64loongarch", "loongarch64"],
  ])("by its linker emulation: %s", (emulation, machine) =>
    expect(machineOfEmulation(emulation)).toBe(machine),
  );

  test.each([
    ["/lib64/ld-linux-x86-64.so.2", "x86_64"],
    ["/lib/ld-linux-aarch64.so.1", "aarch64"],
    ["/lib/ld-linux-armhf.so.3", "arm"],
    ["/lib/ld-linux.so.2", "i386"],
    ["/lib/ld-linux-riscv64-lp64d.so.1", "riscv64"],
    ["/lib/ld-musl-aarch64.so.1", "aarch64"],
    ["/lib/ld-musl-armhf.so.1", "arm"],
  ])("by its dynamic loader: %s", (loader, machine) =>
    expect(machineOfLoader(loader)).toBe(machine),
  );

  test.each([
    ["\x7fELF\x02\x01\x01" + "\0".repeat(9) + "\x03\0>\0", "x86_64"],
    ["\x7fELF\x02\x01\x01" + "\0".repeat(9) + "\x03\0\xb7\0", "aarch64"],
    ["\x7fELF\x01\x01\x01" + "\0".repeat(9) + "\x01\0(\0", "arm"],
    ["\x7fELF\x01\x02\x01" + "\0".repeat(9) + "\0\x02\0\x08", "mips"],
    ["\x7fELF\x02\x01\x01" + "\0".repeat(9) + "\x03\0\x15\0", "powerpc64le"],
  ])("by its ELF header %#", (head, machine) => expect(machineOfElf(head)).toBe(machine));

  test("words with a dash are no triples", () => {
    for (const word of ["build-script", "my-project", "lib32-recipe", "gcc-12", "linux-headers"])
      expect(isTriple(word), word).toBe(false);
  });

  test("a header that is cut says nothing", () =>
    expect(machineOfElf("\x7fELF\x02\x01")).toBeNull());
});
