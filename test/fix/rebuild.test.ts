import { afterEach, expect, test } from "vitest";
import { describeWith } from "../tools.ts";
import { leaksIn, TracedBuild } from "./traced-build.ts";

const SLOW = { timeout: 180_000 };
const TOOLS = ["strace", "aarch64-linux-gnu-gcc"];

let build: TracedBuild;
afterEach(() => build.remove());

describeWith([...TOOLS, "pkg-config"], "the fix of a pkg-config without sysroot", () => {
  const COMMAND = "cd src && aarch64-linux-gnu-gcc --sysroot=$S $(pkg-config --cflags zlib) -c a.c";

  async function dirty(): Promise<Awaited<ReturnType<TracedBuild["judge"]>>> {
    build = new TracedBuild({});
    build.environment = { S: build.sysroot };
    const report = await build.judge(COMMAND);
    expect(leaksIn(report).join()).toMatch(/zlib\.pc/);
    return report;
  }

  test("sourced by the shell, closes the leak", SLOW, async () => {
    const report = await dirty();
    build.write({ "fix.sh": build.fix(report, "shell") });
    expect(leaksIn(await build.judge(`. ./fix.sh; ${COMMAND}`))).toEqual([]);
  });

  test("given as an environment file, closes the leak", SLOW, async () => {
    const report = await dirty();
    const lines = build.fix(report, "env").split("\n");
    for (const line of lines.filter((each) => /^\w+=/.test(each))) {
      const at = line.indexOf("=");
      build.environment[line.slice(0, at)] = line.slice(at + 1);
    }
    expect(leaksIn(await build.judge(COMMAND))).toEqual([]);
  });
});

describeWith([...TOOLS, "make"], "the fix of stray flags", () => {
  test("takes the flag out of CFLAGS and leaves the others", SLOW, async () => {
    build = new TracedBuild({ "src/Makefile": "a.o: a.c\n\t$(CC) $(CFLAGS) -c a.c\n" });
    build.environment = {
      CC: `aarch64-linux-gnu-gcc --sysroot=${build.sysroot}`,
      CFLAGS: "-O2 -I/usr/include",
    };
    const report = await build.judge("make -C src");
    expect(leaksIn(report)).not.toEqual([]);
    expect(report.groups.map(({ cause }) => cause.kind)).toEqual(["stray-flag"]);
    build.write({ "fix.sh": build.fix(report, "shell") });
    expect(leaksIn(await build.judge(". ./fix.sh; make -B -C src"))).toEqual([]);
  });

  test("unsets CPATH", SLOW, async () => {
    build = new TracedBuild({ "src/Makefile": "a.o: a.c\n\t$(CC) -c a.c\n" });
    build.environment = {
      CC: `aarch64-linux-gnu-gcc --sysroot=${build.sysroot}`,
      CPATH: "/usr/include",
    };
    const report = await build.judge("make -C src");
    expect(leaksIn(report)).not.toEqual([]);
    build.write({ "fix.sh": build.fix(report, "shell") });
    expect(leaksIn(await build.judge(". ./fix.sh; make -B -C src"))).toEqual([]);
  });

  test("gives a compiler the sysroot that it ran without", SLOW, async () => {
    build = new TracedBuild({ "src/Makefile": "a.o: a.c\n\t$(CC) -c a.c\n" });
    build.environment = { CC: "aarch64-linux-gnu-gcc" };
    const report = await build.judge("make -C src");
    expect(leaksIn(report)).not.toEqual([]);
    build.write({ "fix.sh": build.fix(report, "shell") });
    expect(leaksIn(await build.judge(". ./fix.sh; make -B -C src"))).toEqual([]);
  });
});

describeWith([...TOOLS, "cmake", "make"], "the fix of an unconfined cmake", () => {
  test("appended to the toolchain file, keeps find_package in the sysroot", SLOW, async () => {
    const toolchain =
      "set(CMAKE_SYSTEM_NAME Linux)\nset(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)\nset(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)\n";
    build = new TracedBuild({
      "cross.cmake": toolchain,
      "src/CMakeLists.txt":
        "cmake_minimum_required(VERSION 3.13)\nproject(a C)\nfind_package(ZLIB REQUIRED)\nadd_library(a STATIC a.c)\ntarget_link_libraries(a ZLIB::ZLIB)\n",
    });
    const command = (folder: string) =>
      `cmake -S src -B ${folder} -DCMAKE_TOOLCHAIN_FILE=$PWD/cross.cmake && cmake --build ${folder}`;
    const report = await build.judge(command("dirty"));
    expect(leaksIn(report).join()).toMatch(/zlib\.h/);
    build.write({ "cross.cmake": `${toolchain}\n${build.fix(report, "cmake")}` });
    expect(leaksIn(await build.judge(command("clean")))).toEqual([]);
    build.shell("test -f clean/liba.a");
  });
});

describeWith([...TOOLS, "meson", "ninja", "pkg-config"], "the fix of an unconfined meson", () => {
  test("as a second cross file, keeps pkg-config in the sysroot", SLOW, async () => {
    build = new TracedBuild({
      "cross.ini": `[binaries]
c = ['aarch64-linux-gnu-gcc', '--sysroot=@SYSROOT@']
ar = 'aarch64-linux-gnu-ar'
pkgconfig = 'pkg-config'
[host_machine]
system = 'linux'
cpu_family = 'aarch64'
cpu = 'aarch64'
endian = 'little'
[properties]
skip_sanity_check = true
`,
      "src/meson.build":
        "project('a', 'c')\nstatic_library('a', 'a.c', dependencies: dependency('zlib', method: 'pkg-config'))\n",
    });
    const command = (folder: string, more: string) =>
      `meson setup --cross-file cross.ini ${more} ${folder} src && ninja -C ${folder}`;
    const report = await build.judge(command("dirty", ""));
    expect(leaksIn(report).join()).toMatch(/zlib\.pc/);
    build.write({ "fix.ini": build.fix(report, "meson") });
    expect(leaksIn(await build.judge(command("clean", "--cross-file fix.ini")))).toEqual([]);
    build.shell("test -f clean/liba.a");
  });
});

describeWith([...TOOLS, "bindgen"], "the fix of bindgen without sysroot and target", () => {
  test("sourced by the shell, leads libclang to the sysroot", SLOW, async () => {
    build = new TracedBuild({});
    const report = await build.judge("bindgen src/a.c -o src/a.rs");
    expect(leaksIn(report)).not.toEqual([]);
    build.write({ "fix.sh": build.fix(report, "shell") });
    expect(leaksIn(await build.judge(". ./fix.sh; bindgen src/a.c -o src/a.rs"))).toEqual([]);
  });
});

describeWith(
  [...TOOLS, "pkg-config", "cargo for aarch64"],
  "the fix of a build script's pkg-config",
  () => {
    // What pkg-config-rs does: the variable for the target first, and handed on under its plain name.
    const BUILD_RS = `use std::{env, process::Command};
fn main() {
    let target = env::var("TARGET").unwrap().replace('-', "_");
    let mut command = Command::new("pkg-config");
    for name in ["PKG_CONFIG_SYSROOT_DIR", "PKG_CONFIG_LIBDIR"] {
        if let Some(value) = env::var_os(format!("{name}_{target}")).or(env::var_os(name)) {
            command.env(name, value);
        }
    }
    assert!(command.args(["--libs", "zlib"]).status().unwrap().success());
}
`;

    test("in .cargo/config.toml, reaches the target's build alone", SLOW, async () => {
      build = new TracedBuild({
        "src/Cargo.toml":
          '[package]\nname = "a"\nversion = "0.1.0"\nedition = "2021"\nbuild = "build.rs"\n[lib]\npath = "lib.rs"\n',
        "src/build.rs": BUILD_RS,
        "src/lib.rs": "pub fn zero() -> u8 { 0 }\n",
      });
      const command = "cd src && cargo build --offline --target aarch64-unknown-linux-gnu";
      const report = await build.judge(command);
      expect(leaksIn(report).join()).toMatch(/zlib\.pc/);
      build.write({ "src/.cargo/config.toml": build.fix(report, "cargo") });
      build.shell("rm -rf src/target");
      expect(leaksIn(await build.judge(command))).toEqual([]);
    });
  },
);
