import { describe, expect, test } from "vitest";
import { toolOf } from "../../src/context/names/tools.ts";

describe("a program is known by its name", () => {
  test.each([
    ["/usr/bin/aarch64-linux-gnu-gcc-12", "gcc", "aarch64-linux-gnu", "compiler"],
    ["/usr/lib/gcc-cross/aarch64-linux-gnu/12/cc1plus", "cc1plus", null, "compiler"],
    [
      "/opt/br/host/bin/arm-buildroot-linux-gnueabihf-gcc.br_real",
      "gcc",
      "arm-buildroot-linux-gnueabihf",
      "compiler",
    ],
    ["/usr/bin/x86_64-linux-gnu-ld.gold", "ld.gold", "x86_64-linux-gnu", "linker"],
    ["/usr/bin/clang-14", "clang", null, "compiler"],
    ["/usr/bin/aarch64-linux-gnu-pkg-config", "pkg-config", "aarch64-linux-gnu", "pkg-config"],
    ["/usr/bin/xml2-config", "xml2-config", null, "config-script"],
    ["/usr/bin/libpng16-config", "libpng16-config", null, "config-script"],
    [
      "/usr/bin/arm-linux-gnueabihf-xml2-config",
      "xml2-config",
      "arm-linux-gnueabihf",
      "config-script",
    ],
    ["/usr/bin/python3.11", "python", null, "interpreter"],
    [
      "/w/target/debug/build/openssl-sys-1f/build-script-build",
      "build-script-build",
      null,
      "build-script",
    ],
    ["/usr/bin/mips64el-linux-gnuabi64-strip", "strip", "mips64el-linux-gnuabi64", "strip"],
  ])("%s", (program, name, triple, role) => {
    expect(toolOf(program)).toMatchObject({ name, triple, role });
  });

  test.each(["/usr/bin/llvm-config-14", "/usr/bin/apt-config", "/usr/bin/xml2-config"])(
    "%s is a config script; for what it answers, the rules say",
    (program) => expect(toolOf(program).role).toBe("config-script"),
  );
});
