import { describe, expect, test } from "vitest";
import { type Layout, Zones } from "../../src/context/layout/zones.ts";

const YOCTO = "/home/b/yocto/build/tmp/work/cortexa53-poky-linux/app/1.0-r0";

function zones(layout: Partial<Layout> = {}): Zones {
  return new Zones({
    host: "x86_64-linux-gnu",
    hostMachine: "x86_64",
    target: "aarch64-poky-linux",
    targetMachine: "aarch64",
    sysroots: [`${YOCTO}/recipe-sysroot`],
    nativeSysroots: [`${YOCTO}/recipe-sysroot-native`],
    toolchains: [],
    buildDirs: [YOCTO],
    sources: [],
    compilerPrefixes: [],
    targetSettings: [],
    ...layout,
  });
}

describe("a path lies in a zone", () => {
  test.each([
    ["/usr/include/zlib.h", "host"],
    ["/lib/x86_64-linux-gnu/libz.so.1", "host"],
    ["/usr/local/include/foo.h", "host"],
    ["/opt/vendor/include/foo.h", "host"],
    [`${YOCTO}/recipe-sysroot/usr/include/zlib.h`, "sysroot"],
    [`${YOCTO}/recipe-sysroot-native/usr/include/zlib.h`, "native-sysroot"],
    [`${YOCTO}/recipe-sysroot-native/usr/share/cmake-3.28/Modules/CMakeCompilerABI.h`, "toolchain"],
    [`${YOCTO}/recipe-sysroot-native/usr/share/cmake/Modules/CMakeCompilerABI.h`, "toolchain"],
    [`${YOCTO}/recipe-sysroot-native/usr/share/cmake/fmt/fmt-config.cmake`, "native-sysroot"],
    ["/usr/share/cmake/Modules/CMakeCompilerABI.h", "toolchain"],
    ["/usr/share/cmake/fmt/fmt-config.cmake", "host"],
    [`${YOCTO}/build/main.o`, "build"],
    ["/usr/lib/gcc-cross/aarch64-linux-gnu/12/include/stddef.h", "toolchain"],
    ["/usr/aarch64-linux-gnu/include/stdio.h", "toolchain"],
    ["/usr/include/wasm32-wasi/stdio.h", "toolchain"],
    ["/usr/lib/arm-none-eabi/newlib/libc.a", "toolchain"],
    ["/usr/x86_64-w64-mingw32/include/windows.h", "toolchain"],
    ["/usr/lib/gcc/x86_64-w64-mingw32/12-win32/libgcc.a", "toolchain"],
    ["/usr/include/x86_64-linux-gnu/bits/types.h", "host"],
    ["/usr/lib/llvm-14/lib/clang/14.0.6/include/stddef.h", "toolchain"],
    ["/usr/lib/rustlib/aarch64-unknown-linux-gnu/lib/libstd.rlib", "toolchain"],
    ["/usr/lib/gcc/x86_64-linux-gnu/12/crtbegin.o", "host"],
    ["/home/linuxbrew/.linuxbrew/include/zlib.h", "home"],
    ["/root/.pyenv/versions/3.11.7/include/python3.11/Python.h", "home"],
    ["/home/b/miniconda3/lib/libz.so", "home"],
    ["/home/b/miniconda3/conda-bld/app_1/_h_env_placehold_placehold/lib/libz.so", "sysroot"],
    ["/home/b/miniconda3/conda-bld/app_1/_build_env/lib/libz.so", "native-sysroot"],
    ["/out/bld/rattler-build_app_1/host_env_placehold_placehold/lib/libz.so", "sysroot"],
    ["/out/bld/rattler-build_app_1/build_env/lib/libz.so", "native-sysroot"],
    ["/builds/runner/miniconda3/lib/libz.so", "home"],
    ["/home/b/vcpkg/installed/arm64-linux/include/zlib.h", "sysroot"],
    ["/opt/vcpkg/packages/zlib_arm64-linux/include/zlib.h", "sysroot"],
    ["/home/b/vcpkg/installed/x64-linux/include/zlib.h", "home"],
    ["/opt/vcpkg/installed/x64-linux/include/zlib.h", "home"],
    ["/home/b/vcpkg/scripts/cmake/vcpkg_common_functions.cmake", "source"],
    [
      "/gnu/store/0123456789abcdfghijklmnpqrsvwxyz-glibc-cross-aarch64-linux-gnu-2.39/include/stdio.h",
      "sysroot",
    ],
    ["/gnu/store/0123456789abcdfghijklmnpqrsvwxyz-glibc-2.39/include/stdio.h", "host"],
    ["/data/ci/.local/include/foo.h", "home"],
    ["/data/ci/.local/arm/lib/gcc/arm-none-linux-gnueabihf/13/include/stddef.h", "toolchain"],
    ["/data/ci/.local/lib/gcc/x86_64-pc-linux-gnu/13/include/stddef.h", "home"],
    ["/home/b/project/src/a.h", "source"],
    ["/proc/self/maps", "kernel"],
    ["/tmp/cc1234.s", "temporary"],
    ["/srv/sources/a.c", "source"],
    ["/var/lib/jenkins/workspace/fw@2/a.h", "source"],
    ["/opt/actions-runner/_work/fw/fw/a.h", "source"],
    ["/var/lib/flatpak/include/a.h", "host"],
    ["/usr/local/src/fw/a.h", "source"],
    ["/usr/src/linux-headers-6.1.0/include/a.h", "host"],
    ["/var/home/jo/fw/a.h", "source"],
    ["/srv/ci/vcpkg/installed/x64-linux/include/zlib.h", "home"],
    ["/dev/shm/fw/a.h", "temporary"],
    ["/dev/null", "kernel"],
  ])("%s is %s", (path, zone) => expect(zones().zoneOf(path)).toBe(zone));

  test.each([
    ["/home/b/vcpkg/installed/x64-linux/include/zlib.h", "sysroot"],
    ["/home/b/vcpkg/installed/arm64-linux/include/zlib.h", "home"],
    [
      "/nix/store/0123456789abcdfghijklmnpqrsvwxyz-openssl-x86_64-unknown-linux-gnu-3.0.13-dev/include/openssl/ssl.h",
      "sysroot",
    ],
    [
      "/nix/store/0123456789abcdfghijklmnpqrsvwxyz-openssl-3.0.13-dev/include/openssl/ssl.h",
      "host",
    ],
  ])("on an aarch64 host that builds for x86_64, %s is %s", (path, zone) => {
    const layout = zones({
      host: "aarch64-linux-gnu",
      hostMachine: "aarch64",
      target: "x86_64-linux-gnu",
      targetMachine: "x86_64",
    });
    expect(layout.zoneOf(path)).toBe(zone);
  });

  test("a build folder in memory is one like any other", () => {
    expect(zones({ buildDirs: ["/dev/shm/fw"] }).zoneOf("/dev/shm/fw/a.o")).toBe("build");
  });

  test("a sysroot below /opt or a home beats the place that it lies in", () => {
    const layout = zones({ sysroots: ["/opt/poky/4.0/sysroots/cortexa53-poky-linux"] });
    expect(layout.zoneOf("/opt/poky/4.0/sysroots/cortexa53-poky-linux/usr/lib/libz.so")).toBe(
      "sysroot",
    );
    expect(layout.zoneOf("/opt/poky/4.0/sysroots/x86_64-pokysdk-linux/usr/lib/libz.so")).toBe(
      "native-sysroot",
    );
  });

  test("the cross compiler inside the native sysroot is toolchain, its library neighbours are not", () => {
    const native = `${YOCTO}/recipe-sysroot-native/usr`;
    expect(
      zones().zoneOf(
        `${native}/lib/aarch64-poky-linux/gcc/aarch64-poky-linux/12.2.0/include/stddef.h`,
      ),
    ).toBe("toolchain");
    expect(zones().zoneOf(`${native}/bin/aarch64-poky-linux/../../lib/libcrypto.so`)).toBe(
      "native-sysroot",
    );
    expect(zones().zoneOf(`${native}/lib/libcrypto.so`)).toBe("native-sysroot");
  });

  test("Debian's multiarch folder of the target is the target's own without a sysroot, and the host's copy with one", () => {
    const path = "/usr/lib/aarch64-linux-gnu/libz.so";
    expect(zones({ sysroots: [] }).zoneOf(path)).toBe("sysroot");
    expect(zones().zoneOf(path)).toBe("host");
    expect(zones().hasTargetTriple(path)).toBe(true);
    expect(zones().hasTargetTriple("/usr/lib/x86_64-linux-gnu/libz.so")).toBe(false);
  });

  test("the loader that the target's programs name is like the multiarch folder beside it", () => {
    const path = "/lib/ld-linux-aarch64.so.1";
    expect(zones({ sysroots: [] }).zoneOf(path)).toBe("sysroot");
    expect(zones().zoneOf(path)).toBe("host");
    expect(zones({ sysroots: [] }).zoneOf("/lib64/ld-linux-x86-64.so.2")).toBe("host");
  });

  test("Buildroot's staging is the sysroot inside its host folder", () => {
    const layout = zones({
      sysroots: [],
      nativeSysroots: [],
      buildDirs: ["/br/output/build/foo-1"],
      target: "arm-buildroot-linux-gnueabihf",
      targetMachine: "arm",
    });
    expect(
      layout.zoneOf("/br/output/host/arm-buildroot-linux-gnueabihf/sysroot/usr/include/a.h"),
    ).toBe("sysroot");
    expect(layout.zoneOf("/br/output/host/include/openssl/ssl.h")).toBe("native-sysroot");
    expect(
      layout.zoneOf("/br/output/host/lib/gcc/arm-buildroot-linux-gnueabihf/12.3.0/crtbegin.o"),
    ).toBe("toolchain");
  });
});
