import { expect, test } from "vitest";
import { advised } from "../../src/fix/advice.ts";
import type { Finding } from "../../src/model/report.ts";
import { flag, lost, type Prescribed, reportWith, unset, wrong } from "./report.ts";

const YOCTO = { buildDirs: ["/home/joe/build/tmp/work/cortexa53-poky-linux/app/1.0-r0"] };

function fixOf(report: Prescribed): readonly string[] {
  return advised(report.groups, report)[0]?.fix ?? [];
}

/** A report whose one group has a finding for each of these files. */
function lacking(paths: readonly string[], build: Partial<Prescribed["build"]>): Prescribed {
  const report = reportWith({ kind: "missing-dependency" }, { build });
  const findings = paths.flatMap((path): Finding[] => report.findings.map((f) => ({ ...f, path })));
  return { ...report, findings };
}

test("two tasks of a recipe that have lines in common are both said whole", () => {
  const variables = [wrong("CPATH", "/usr/include")];
  expect(fixOf(reportWith({ kind: "stray-flag", variables }, { build: YOCTO }))).toEqual([
    "do_configure:prepend() {",
    "    unset CPATH",
    "}",
    "do_compile:prepend() {",
    "    unset CPATH",
    "}",
  ]);
});

test("where not all can be said, no function is cut in two", () => {
  const variables = ["CPATH", "LIBRARY_PATH"].map((name) => wrong(name, "/usr/include"));
  const fix = fixOf(reportWith({ kind: "stray-flag", variables }, { build: YOCTO }));
  expect(fix.filter((line) => line.endsWith("{"))).toHaveLength(2);
  expect(fix.filter((line) => line === "}")).toHaveLength(2);
});

test("who dropped a variable is told first: setting it where it was set already helps nobody", () => {
  const variables = [lost("PKG_CONFIG_LIBDIR", "/opt/sdk/pc")];
  expect(fixOf(reportWith({ kind: "lost-variable", variables }))).toEqual([
    "Hand PKG_CONFIG_LIBDIR on to pkg-config, which was started without it (line 56)",
    "export PKG_CONFIG_LIBDIR=/opt/sdk/pc",
  ]);
});

test("what is said in words is marked: it is nothing to paste", () => {
  const words = (variables: Prescribed["groups"][number]["cause"]["variables"]) => {
    const report = reportWith({ kind: "lost-variable", variables });
    return advised(report.groups, report)[0]?.words;
  };
  expect(words([lost("PKG_CONFIG_LIBDIR", "/opt/sdk/pc")])).toEqual([
    "Hand PKG_CONFIG_LIBDIR on to pkg-config, which was started without it (line 56)",
  ]);
  expect(words([unset("PKG_CONFIG_LIBDIR")])).toBeUndefined();
});

test("a package that the target lacks is asked for once, however many of its headers were missed", () => {
  const paths = ["/usr/include/libpng16/png.h", "/usr/include/libpng16/pngconf.h"];
  expect(fixOf(lacking(paths, {}))).toEqual([
    "Put libpng, which has /usr/include/libpng16/png.h, into /opt/sdk/sysroot",
  ]);
});

test("where the target's packages lie beside the host's, the package is installed", () => {
  const debian = { sysroots: [], target: "aarch64-linux-gnu" };
  expect(fixOf(lacking(["/usr/include/zlib.h"], debian))).toEqual([
    "apt-get install zlib1g-dev:arm64",
  ]);
  expect(fixOf(lacking(["/usr/lib/x86_64-linux-gnu/pkgconfig/acme.pc"], debian))).toEqual([
    "Put acme, which has /usr/lib/x86_64-linux-gnu/pkgconfig/acme.pc, into the target's root",
  ]);
});

test("pkg-config is led to the folder below the triple that the report expects its files in", () => {
  const expected = {
    path: "/opt/sdk/sysroot/usr/lib/aarch64-linux-gnu/pkgconfig/libpng.pc",
    exists: false,
    known: true,
  };
  const variables = [unset("PKG_CONFIG_LIBDIR")];
  expect(
    fixOf(reportWith({ kind: "lost-variable", variables }, { finding: { expected } })),
  ).toContain(
    "export PKG_CONFIG_LIBDIR=/opt/sdk/sysroot/usr/lib/aarch64-linux-gnu/pkgconfig:/opt/sdk/sysroot/usr/lib/pkgconfig:/opt/sdk/sysroot/usr/share/pkgconfig",
  );
});

test("beside the host's packages, pkg-config is led to the target's folder, and to what all machines share", () => {
  const expected = {
    path: "/usr/lib/aarch64-linux-gnu/pkgconfig/libpng.pc",
    exists: false,
    known: true,
  };
  const variables = [unset("PKG_CONFIG_LIBDIR")];
  const debian = { build: { sysroots: [] }, finding: { expected } };
  expect(fixOf(reportWith({ kind: "lost-variable", variables }, debian))).toEqual([
    "export PKG_CONFIG_LIBDIR=/usr/lib/aarch64-linux-gnu/pkgconfig:/usr/share/pkgconfig",
  ]);
});

test("the script with the target's name is called where it is there", () => {
  const path = "/usr/bin/aarch64-linux-gnu-python3.11-config";
  const cause = { kind: "host-program", flags: [flag("/usr/bin/python3.11-config")] } as const;
  const report = (exists: boolean) =>
    reportWith(cause, {
      build: { sysroots: [] },
      finding: { use: "execute", expected: { path, exists, known: true } },
    });
  expect(fixOf(report(true))).toEqual([`Call ${path} instead of /usr/bin/python3.11-config`]);
  expect(fixOf(report(false))).toEqual([
    "Call the build's own program instead of /usr/bin/python3.11-config",
  ]);
});

test("of what a program of the host read, the target's own file is none to call instead", () => {
  const cause = { kind: "host-program", flags: [flag("/usr/bin/pkg-config")] } as const;
  const path = "/opt/sdk/sysroot/usr/lib/pkgconfig/libpng.pc";
  expect(
    fixOf(reportWith(cause, { finding: { expected: { path, exists: true, known: true } } })),
  ).toEqual(["Call the build's own program instead of /usr/bin/pkg-config"]);
});

test("what go put on a command line is taken out of where go has it from", () => {
  const at = { pid: 12, program: "/usr/bin/aarch64-linux-gnu-gcc", line: 56 };
  const process = { pid: 13, program: "/usr/bin/ld", argv: [] };
  const flags = [{ flag: "-L/usr/lib", at }];
  const chained = (...chain: readonly string[]) =>
    fixOf(
      reportWith({ kind: "stray-flag", flags }, { finding: { process: { ...process, chain } } }),
    );
  expect(chained("make", "go", "aarch64-linux-gnu-gcc", "ld")).toEqual([
    "Take -L/usr/lib out of CGO_LDFLAGS or of the sources' `#cgo LDFLAGS`, from which go gave it to aarch64-linux-gnu-gcc (line 56)",
  ]);
  expect(chained("go", "link", "aarch64-linux-gnu-gcc", "ld").join()).toContain("CGO_LDFLAGS");
  expect(chained("go", "make", "aarch64-linux-gnu-gcc", "ld")).toEqual([
    "Take -L/usr/lib out from the command line of /usr/bin/aarch64-linux-gnu-gcc (line 56)",
  ]);
});

test("of a package of Nix's or Guix's it is told by which input it came", () => {
  const store = (root: string) => `/${root}/store/0123456789abcdfghijklmnpqrsvwxyz-zlib-1.3`;
  const fix = (root: string) =>
    fixOf(reportWith({ kind: "unknown" }, { finding: { path: `${store(root)}/include/zlib.h` } }));
  expect(fix("nix")).toEqual([
    "zlib-1.3 was built for the build machine: buildInputs brings the target's, nativeBuildInputs and depsBuildBuild this one",
  ]);
  expect(fix("gnu")).toEqual([
    "zlib-1.3 was built for the build machine: inputs brings the target's, native-inputs this one",
  ]);
  const flags = [{ flag: `-I${store("nix")}/include`, at: null }];
  expect(fixOf(reportWith({ kind: "stray-flag", flags })).join()).toContain(
    "out: zlib-1.3 was built",
  );
});

test("the build of an interpreter's extension is told of the target's interpreter before a flag is taken out", () => {
  const flags = [{ flag: "-I/usr/include/ruby-3.1.0", at: null }];
  const report = (rule: string) => {
    const base = reportWith({ kind: "stray-flag", flags }, { finding: { rule } });
    return {
      ...base,
      rules: [{ id: rule, title: "t", why: "w", fix: "Use its rbconfig.", see: [] }],
    };
  };
  expect(fixOf(report("interpreters/host-header"))).toEqual([
    "Use its rbconfig.",
    "Take -I/usr/include/ruby-3.1.0 out",
  ]);
  expect(fixOf(report("headers/host-header"))).toEqual(["Take -I/usr/include/ruby-3.1.0 out"]);
});
