import { expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { describeWith } from "../tools.ts";
import { hostbleed, project } from "./program.ts";

/** How one build system builds a project for aarch64 that needs zlib. */
interface Build {
  readonly tools: readonly string[];
  readonly command: readonly string[];
  /** The host's files that the build takes where nothing keeps it from them. */
  readonly leaks: readonly string[];
  /** What makes it look into the sysroot alone. */
  readonly clean: (sysroot: string) => Readonly<Record<string, string>>;
}

const HOST_PC = "/usr/lib/x86_64-linux-gnu/pkgconfig/zlib.pc";
const pkgConfig = (sysroot: string) => ({
  PKG_CONFIG_LIBDIR: `${sysroot}/usr/lib/pkgconfig`,
  PKG_CONFIG_SYSROOT_DIR: sysroot,
});

const BUILDS: Readonly<Record<string, Build>> = {
  make: {
    tools: ["make", "aarch64-linux-gnu-gcc"],
    command: ["make", "-j2"],
    leaks: ["/usr/include/zlib.h", "/usr/include/zconf.h"],
    clean: (sysroot) => ({ SUM_SYSROOT: sysroot }),
  },
  cmake: {
    tools: ["cmake", "ninja", "aarch64-linux-gnu-gcc"],
    command: [
      "sh",
      "-c",
      "cmake -G Ninja -S . -B out --toolchain toolchain.cmake && cmake --build out",
    ],
    leaks: ["/usr/include/zlib.h"],
    clean: (sysroot) => ({ SUM_SYSROOT: sysroot }),
  },
  meson: {
    tools: ["meson", "ninja", "pkg-config", "aarch64-linux-gnu-gcc"],
    command: ["sh", "-c", "meson setup out --cross-file cross.ini && ninja -C out"],
    leaks: [HOST_PC, "/usr/include/zlib.h"],
    clean: pkgConfig,
  },
  cargo: {
    tools: ["cargo for aarch64", "pkg-config", "aarch64-linux-gnu-gcc"],
    command: ["cargo", "build", "--release", "--offline", "--target", "aarch64-unknown-linux-gnu"],
    leaks: [HOST_PC],
    clean: pkgConfig,
  },
};

async function build(name: string, args: readonly string[], env: Readonly<Record<string, string>>) {
  const { command } = BUILDS[name] as Build;
  const ended = await hostbleed(["run", "--format", "json", ...args, "--", ...command], {
    cwd: project(name),
    // Debian's cargo has a standard library for aarch64; one from rustup, first in PATH, may not.
    env: { PATH: `/usr/bin:${process.env.PATH}`, ...env },
  });
  const report = ended.stdout === "" ? null : (JSON.parse(ended.stdout) as Report);
  return { code: ended.code, report, stderr: ended.stderr };
}

for (const [name, { tools, leaks, clean }] of Object.entries(BUILDS)) {
  describeWith(["strace", ...tools], `a cross build with ${name}`, () => {
    test("that finds the build host's zlib leaks, though it succeeds", {
      timeout: 120_000,
    }, async () => {
      const { code, report, stderr } = await build(name, [], {});
      const paths = report?.findings.map(({ path }) => path);
      expect(paths, stderr).toEqual(expect.arrayContaining([...leaks]));
      expect(report?.build.target).toMatch(/^aarch64-/);
      expect(code).toBe(1);
    });

    test("that looks into its sysroot alone is clean", { timeout: 120_000 }, async () => {
      const sysroot = project("sysroot");
      const { code, report, stderr } = await build(name, ["--sysroot", sysroot], clean(sysroot));
      // meson runs ccache where there is one, which is worth a note.
      const leaks = report?.findings.filter(({ severity }) => severity !== "note");
      expect(leaks, stderr).toEqual([]);
      expect(report?.verdict).toBe("clean");
      expect(code).toBe(0);
    });
  });
}
