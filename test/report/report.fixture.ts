import type { Finding, Group, Report } from "../../src/model/report.ts";

const WORK = "/home/builder/yocto/build/tmp/work/cortexa53-poky-linux/gateway/1.4.0-r0";
const SYSROOT = `${WORK}/recipe-sysroot`;
const TRACE = "build.strace";

/** A finding of the fixture; what is not said is the commonest. */
export function finding(fingerprint: string, parts: Partial<Finding>): Finding {
  return {
    fingerprint,
    rule: "c-toolchain/host-header",
    severity: "error",
    path: "/usr/include/zlib.h",
    expected: null,
    kind: "header",
    zone: "host",
    use: "compile",
    side: "target",
    rejected: false,
    count: 1,
    evidence: [],
    process: { pid: 1, program: "/usr/bin/cc1", argv: [], chain: [] },
    group: null,
    taints: [],
    ...parts,
  };
}

function line(number: number, text: string): { trace: string; line: number; text: string } {
  return { trace: TRACE, line: number, text };
}

const pkgConfig = {
  pid: 32457,
  program: "/usr/bin/pkg-config",
  argv: ["pkg-config", "--libs", "--cflags", "openssl"],
  chain: ["cargo", "build-script-build", "pkg-config"],
};

const linker = {
  pid: 32501,
  program: "/usr/bin/aarch64-linux-gnu-ld.bfd",
  argv: [
    "/usr/bin/aarch64-linux-gnu-ld",
    "-m",
    "aarch64linux",
    "-o",
    `${WORK}/build/target/aarch64-unknown-linux-gnu/release/gateway`,
    "-L/usr/lib/x86_64-linux-gnu",
    "-lssl",
    "-lcrypto",
  ],
  chain: ["cargo", "rustc", "aarch64-linux-gnu-gcc", "collect2", "ld.bfd"],
};

const compiler = {
  pid: 32470,
  program: "/usr/lib/gcc-cross/aarch64-linux-gnu/12/cc1",
  argv: ["cc1", "-quiet", "-I", "/usr/include/openssl", "expando.c", "it's"],
  chain: ["cargo", "build-script-build", "aarch64-linux-gnu-gcc", "cc1"],
};

const lostVariable: Group = {
  id: "g1",
  title: "PKG_CONFIG_SYSROOT_DIR was lost between build-script-build and pkg-config",
  cause: {
    kind: "lost-variable",
    variables: [
      {
        name: "PKG_CONFIG_SYSROOT_DIR",
        state: "lost",
        at: { pid: 32440, program: "build-script-build", line: 14070 },
        value: SYSROOT,
      },
      { name: "PKG_CONFIG_LIBDIR", state: "unset", at: null, value: null },
    ],
    flags: [],
  },
  severity: "error",
  findings: ["a1", "a2", "a3", "a4", "a5", "a6", "a7"],
  fix: [
    `export PKG_CONFIG_SYSROOT_DIR=${SYSROOT}`,
    `export PKG_CONFIG_LIBDIR=${SYSROOT}/usr/lib/pkgconfig:${SYSROOT}/usr/share/pkgconfig`,
  ],
};

const strayFlag: Group = {
  id: "g2",
  title: "-I/usr/local/include reached the target's compiler",
  cause: {
    kind: "stray-flag",
    variables: [],
    flags: [
      { flag: "-I/usr/local/include", at: { pid: 33000, program: "/usr/bin/make", line: 20110 } },
    ],
  },
  severity: "error",
  findings: ["b1"],
  fix: ["Drop -I/usr/local/include from CFLAGS in the Makefile."],
};

const symlink: Group = {
  id: "g3",
  title: "An absolute symlink leads out of the sysroot",
  cause: { kind: "symlink", variables: [], flags: [] },
  severity: "warning",
  findings: ["c1"],
  fix: [`symlinks -cr ${SYSROOT}`],
};

const neutral: Group = {
  id: "g4",
  title: "Architecture-independent pkg-config files of the host were read",
  cause: { kind: "unknown", variables: [], flags: [] },
  severity: "note",
  findings: ["d1"],
  fix: [],
};

const findings: readonly Finding[] = [
  finding("a1", {
    rule: "pkgconfig/host-pc-file",
    path: "/usr/lib/x86_64-linux-gnu/pkgconfig/openssl.pc",
    expected: { path: `${SYSROOT}/usr/lib/pkgconfig/openssl.pc`, exists: true, known: true },
    kind: "pkgconfig",
    use: "configure",
    count: 3,
    evidence: [
      line(
        14223,
        '32457 openat(AT_FDCWD, "/usr/lib/x86_64-linux-gnu/pkgconfig/openssl.pc", O_RDONLY) = 3',
      ),
      line(
        14231,
        '32458 openat(AT_FDCWD, "/usr/lib/x86_64-linux-gnu/pkgconfig/openssl.pc", O_RDONLY) = 3',
      ),
    ],
    process: pkgConfig,
    group: "g1",
    taints: [`${WORK}/image/usr/bin/gateway`],
  }),
  finding("a2", {
    rule: "pkgconfig/host-pc-file",
    path: "/usr/lib/x86_64-linux-gnu/pkgconfig/libssl.pc",
    expected: { path: `${SYSROOT}/usr/lib/pkgconfig/libssl.pc`, exists: true, known: true },
    kind: "pkgconfig",
    use: "configure",
    evidence: [line(14240, "32457 openat(…) = 3")],
    process: pkgConfig,
    group: "g1",
  }),
  finding("a3", {
    rule: "pkgconfig/host-pc-file",
    path: "/usr/lib/x86_64-linux-gnu/pkgconfig/libcrypto.pc",
    expected: { path: `${SYSROOT}/usr/lib/pkgconfig/libcrypto.pc`, exists: true, known: true },
    kind: "pkgconfig",
    use: "configure",
    evidence: [line(14241, "32457 openat(…) = 3")],
    process: pkgConfig,
    group: "g1",
  }),
  finding("a4", {
    rule: "pkgconfig/host-pc-file",
    path: "/usr/lib/x86_64-linux-gnu/pkgconfig/zlib.pc",
    expected: { path: `${SYSROOT}/usr/lib/pkgconfig/zlib.pc`, exists: false, known: true },
    kind: "pkgconfig",
    use: "configure",
    evidence: [line(14242, "32457 openat(…) = 3")],
    process: pkgConfig,
    group: "g1",
  }),
  finding("a5", {
    path: "/usr/include/openssl/opensslv.h",
    expected: { path: `${SYSROOT}/usr/include/openssl/opensslv.h`, exists: true, known: true },
    evidence: [line(14550, "32470 openat(…) = 4")],
    process: compiler,
    group: "g1",
  }),
  finding("a6", {
    rule: "c-toolchain/host-library",
    path: "/usr/lib/x86_64-linux-gnu/libssl.so",
    expected: { path: `${SYSROOT}/usr/lib/libssl.so`, exists: true, known: true },
    kind: "library",
    use: "link",
    evidence: [line(17801, "32501 openat(…) = 7")],
    process: linker,
    group: "g1",
    taints: [`${WORK}/image/usr/bin/gateway`],
  }),
  finding("a7", {
    rule: "c-toolchain/host-library",
    severity: "warning",
    path: "/usr/lib/x86_64-linux-gnu/libcrypto.so",
    expected: { path: `${SYSROOT}/usr/lib/libcrypto.so`, exists: true, known: true },
    kind: "library",
    use: "link",
    rejected: true,
    evidence: [line(17809, "32501 openat(…) = 8")],
    process: linker,
    group: "g1",
  }),
  finding("b1", {
    path: "/usr/local/include/foo.h",
    evidence: [line(20144, "33010 openat(…) = 4")],
    process: {
      pid: 33010,
      program: "/usr/lib/gcc-cross/aarch64-linux-gnu/12/cc1",
      argv: ["cc1", "-I/usr/local/include", "foo.c"],
      chain: ["sh", "make", "sh", "aarch64-linux-gnu-gcc", "cc1"],
    },
    group: "g2",
  }),
  finding("c1", {
    rule: "sysroot/absolute-symlink",
    severity: "warning",
    path: "/usr/lib/x86_64-linux-gnu/libz.so",
    requested: `${SYSROOT}/usr/lib/libz.so`,
    kind: "library",
    use: "link",
    side: "unknown",
    evidence: [line(21000, "33020 openat(…) = 5")],
    process: { pid: null, program: "ld", argv: [], chain: [] },
    group: "g3",
  }),
  finding("d1", {
    rule: "pkgconfig/neutral-pc-file",
    severity: "note",
    path: "/usr/share/pkgconfig/shared-mime-info.pc",
    kind: "pkgconfig",
    use: "configure",
    evidence: [line(22000, "33030 openat(…) = 3")],
    process: pkgConfig,
    group: "g4",
  }),
  finding("e1", {
    rule: "programs/host-program",
    severity: "error",
    path: "/usr/bin/xml2-config",
    expected: { path: `${SYSROOT}/usr/bin/xml2-config`, exists: false, known: true },
    kind: "program",
    use: "execute",
    evidence: [line(23000, "33040 execve(…) = 0")],
    process: {
      pid: 33040,
      program: "/usr/bin/xml2-config",
      argv: ["xml2-config", "--cflags"],
      chain: ["configure", "sh", "xml2-config"],
    },
  }),
];

/** A report with every kind of group and finding, written out. */
export const report: Report = {
  schema: "hostbleed-report/1",
  tool: { name: "hostbleed", version: "0.1.0" },
  verdict: "leaks",
  build: {
    host: "x86_64-linux-gnu",
    target: "aarch64-unknown-linux-gnu",
    sysroots: [SYSROOT],
    nativeSysroots: [`${WORK}/recipe-sysroot-native`],
    toolchains: [],
    buildDirs: [WORK, "/home/builder/src"],
    inferred: ["target", "host", "nativeSysroots"],
  },
  traces: [
    {
      source: TRACE,
      bytes: 4_300_121,
      lines: 23_416,
      syscalls: 23_100,
      opens: 8_123,
      tracees: 212,
      unparsedLines: 12,
      tornLines: 1,
      unknownPaths: 3,
      truncated: false,
      lacks: ["environment"],
      advice:
        "strace -f -y -v -s 65535 -e trace=%file,%process,chdir,fchdir -o build.strace COMMAND",
    },
  ],
  summary: { error: 8, warning: 2, note: 1, suppressed: 2, groups: 4 },
  groups: [lostVariable, strayFlag, symlink, neutral],
  findings,
  rules: [
    {
      id: "c-toolchain/host-header",
      title: "A compiler read a header of the build host",
      why: "The header describes the host's library: sizes and macros can differ on the target.",
      fix: "Pass --sysroot, and drop -I flags that name a folder of the host.",
      see: ["https://gcc.gnu.org/onlinedocs/gcc/Directory-Options.html"],
    },
    {
      id: "c-toolchain/host-library",
      title: "A linker opened a library of the build host",
      why: "It is made for another machine.",
      fix: "Drop the -L flag.",
      see: [],
    },
    {
      id: "pkgconfig/host-pc-file",
      title: "pkg-config answered a target question from the build host",
      why: "The flags it printed name folders of the host.",
      fix: "Set PKG_CONFIG_SYSROOT_DIR and PKG_CONFIG_LIBDIR.",
      see: [],
    },
    {
      id: "pkgconfig/neutral-pc-file",
      title: "pkg-config read an architecture-independent file of the host",
      why: "It names no library, but its version is the host's.",
      fix: "Add the package to the sysroot.",
      see: [],
    },
    {
      id: "programs/host-program",
      title: "A configuration script of the host was asked about the target",
      why: "It prints the host's folders.",
      fix: "Put the sysroot's script first in PATH,\nor set XML2_CONFIG.",
      see: [],
    },
    {
      id: "sysroot/absolute-symlink",
      title: "A symlink of the sysroot leads to the host",
      why: "The linker follows it out of the sysroot.",
      fix: "Make the symlink relative.",
      see: [],
    },
  ],
  undecided: [
    {
      what: "cause",
      count: 2,
      text: "where a variable was lost is not known, as the log holds no environment",
    },
  ],
  stale: ["f0f0f0f0 c-toolchain/host-header /usr/include/old.h"],
  suppressed: [
    finding("s1", {
      path: "/usr/include/known.h",
      process: { ...compiler, argv: [] },
      evidence: [line(9, "…")],
    }),
  ],
  incomplete: false,
};

/** Nothing found. */
export const cleanReport: Report = {
  ...report,
  verdict: "clean",
  summary: { error: 0, warning: 0, note: 0, suppressed: 0, groups: 0 },
  groups: [],
  findings: [],
  rules: [],
  undecided: [],
  stale: [],
  suppressed: [],
};

/** The customer's own case alone: one lost variable. */
export const customerReport: Report = {
  ...cleanReport,
  verdict: "leaks",
  summary: { error: 6, warning: 1, note: 0, suppressed: 0, groups: 1 },
  groups: [lostVariable],
  findings: findings.slice(0, 7),
  rules: report.rules.slice(0, 3),
};
