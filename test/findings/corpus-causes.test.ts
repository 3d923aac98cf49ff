import { expect, test } from "vitest";
import { inspect } from "../../src/inspect.ts";
import type { CauseKind } from "../../src/model/report.ts";
import { cases } from "../corpus/cases.ts";

/** What went wrong in a traced build: known from how the case was made, not from its trace. */
interface Injected {
  readonly kind: CauseKind;
  /** Words that the group must name: variables, flags, programs. */
  readonly named: readonly string[];
  /** Base name of the program at which the cause must be placed. */
  readonly at?: string;
}

const INJECTED: Readonly<Record<string, Injected>> = {
  "t02-buildroot-armhf-pkgconfig-dirty": { kind: "host-program", named: ["/usr/bin/pkg-config"] },
  "t04-poky-sdk-env-without-libdir-dirty": {
    kind: "missing-dependency",
    named: ["liblzma.pc", "PKG_CONFIG_LIBDIR"],
  },
  "t05-clang-lld-hostpath-dirty": {
    kind: "stray-flag",
    named: ["-L/usr/lib/x86_64-linux-gnu"],
    at: "clang",
  },
  "t09-buildroot-x86_64-hardcoded-gcc-object-dirty": {
    kind: "host-program",
    named: ["/usr/bin/gcc"],
    at: "gcc",
  },
  "t12-i686-sudo-drops-env-dirty": {
    kind: "lost-variable",
    named: ["PKG_CONFIG_SYSROOT_DIR", "PKG_CONFIG_LIBDIR", "sudo"],
    at: "make",
  },
  "t13-ppc64le-libpng-config-dirty": { kind: "host-program", named: ["libpng-config", "PATH"] },
  "t17-cargo-buildrs-env-clear-dirty": {
    kind: "lost-variable",
    named: ["PKG_CONFIG_SYSROOT_DIR", "PKG_CONFIG_LIBDIR", "build-script-build"],
    at: "pkg-config",
  },
  "t24-abs-symlinked-folder-yy-dirty": {
    kind: "symlink",
    named: ["sysroot/usr/include/libxml2 -> /usr/include/libxml2"],
  },
  "t25-linuxbrew-pkg-config-path-gold-dirty": {
    kind: "lost-variable",
    named: ["PKG_CONFIG_PATH", "/home/linuxbrew/.linuxbrew/lib/pkgconfig"],
  },
  "t28-debian-multiarch-missing-dev-dirty": { kind: "missing-dependency", named: [] },
  "t31-python-driver-empty-env-dirty": {
    kind: "lost-variable",
    named: ["PKG_CONFIG_SYSROOT_DIR", "PKG_CONFIG_LIBDIR", "build.py"],
    at: "pkg-config",
  },
  "t38-cargo-bindgen-buildscript-no-sysroot-dirty": {
    kind: "missing-flag",
    named: ["BINDGEN_EXTRA_CLANG_ARGS", "--sysroot="],
    at: "build-script-build",
  },
  "t438-I-and-L-into-a-root-without-sysroot-dirty": {
    kind: "missing-flag",
    named: ["--sysroot=/opt/sysroot"],
    at: "aarch64-linux-gnu-gcc",
  },
  "t112-gcc-exec-prefix-x86_64-dirty": {
    kind: "stray-flag",
    named: ["GCC_EXEC_PREFIX", "/usr/lib/gcc/"],
    at: "sh",
  },
  "t99-objcopy-adds-a-host-file-dirty": {
    kind: "stray-flag",
    named: ["/usr/bin/bc"],
    at: "aarch64-linux-gnu-objcopy",
  },
};

const known = new Map(cases().map((each) => [each.truth.id, each]));

test.for(Object.entries(INJECTED))("names what was done to %s", async ([id, injected]) => {
  const found = known.get(id);
  if (found === undefined) throw new Error(`${id} is not in the corpus`);
  const { groups, findings } = await inspect([found.trace]);
  expect(groups.map(({ cause }) => cause.kind)).toEqual([injected.kind]);
  const [group] = groups;
  const text = JSON.stringify(group);
  for (const name of injected.named) expect(text).toContain(name);
  if (injected.at !== undefined) {
    const marks = [...(group?.cause.variables ?? []), ...(group?.cause.flags ?? [])];
    const programs = marks.map(({ at }) => at?.program.split("/").at(-1));
    expect(programs).toContain(injected.at);
  }
  expect(new Set(group?.findings)).toEqual(new Set(findings.map((each) => each.fingerprint)));
  expect(group?.fix).not.toEqual([]);
});
