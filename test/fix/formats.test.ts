import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { parse } from "smol-toml";
import { describe, expect, test } from "vitest";
import { FORMATS, type FormatName } from "../../src/fix/formats/index.ts";
import { prescribe } from "../../src/fix/prescribe.ts";
import { flag, lost, type Prescribed, reportWith, unset, wrong } from "./report.ts";

function printed(format: FormatName, report: Prescribed): string {
  const { prescriptions, site } = prescribe(report);
  return FORMATS[format](prescriptions, site);
}

/** What a format says besides its comments. */
function said(format: FormatName, report: Prescribed): string {
  return printed(format, report)
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .join("\n");
}

/** What BitBake expands begins with it. */
const EXPANDED = "$";

const PKG_CONFIG = reportWith({
  kind: "lost-variable",
  variables: [unset("PKG_CONFIG_SYSROOT_DIR"), unset("PKG_CONFIG_LIBDIR")],
});

describe("pkg-config that was told of no sysroot", () => {
  test.for(Object.keys(FORMATS) as FormatName[])("is told in %s", (format) => {
    expect(printed(format, PKG_CONFIG)).toMatchSnapshot();
  });

  test("gets the value that was lost, and a word on where to hand it on", () => {
    const report = reportWith({
      kind: "lost-variable",
      variables: [lost("PKG_CONFIG_LIBDIR", "/opt/sdk/pc")],
    });
    expect(said("shell", report)).toBe("export PKG_CONFIG_LIBDIR=/opt/sdk/pc");
    expect(printed("shell", report)).toContain("line 56");
  });

  test("looks where the report saw the expected file", () => {
    const path = "/opt/sdk/sysroot/usr/lib/aarch64-linux-gnu/pkgconfig/libpng.pc";
    const cause = { kind: "lost-variable", variables: [unset("PKG_CONFIG_LIBDIR")] } as const;
    const report = reportWith(cause, {
      finding: { expected: { path, exists: true, known: true } },
    });
    expect(said("env", report)).toMatch(
      /^PKG_CONFIG_LIBDIR=\/opt\/sdk\/sysroot\/usr\/lib\/aarch64-linux-gnu\/pkgconfig:/,
    );
  });

  test("is not told what the report did not call for", () => {
    const report = reportWith({ kind: "lost-variable", variables: [unset("PKG_CONFIG_LIBDIR")] });
    for (const format of Object.keys(FORMATS) as FormatName[])
      expect(said(format, report)).not.toContain("SYSROOT_DIR");
  });
});

describe("other causes", () => {
  test("a search variable is cleared, where a format can", () => {
    const report = reportWith({
      kind: "stray-flag",
      variables: [wrong("CPATH", "/usr/include")],
    });
    expect(said("shell", report)).toBe("unset CPATH");
    expect(said("env", report)).toBe("CPATH=");
    expect(said("cargo", report)).toBe('[env.CPATH]\nvalue = ""\nforce = true');
    expect(said("cmake", report)).toBe("");
    expect(printed("cmake", report)).toContain("Unset CPATH");
  });

  test("a flag is taken out of the variable that brought it, and the rest stays", () => {
    const report = reportWith({
      kind: "stray-flag",
      variables: [wrong("CFLAGS", "-O2 -I /usr/include -g")],
      flags: [flag("-I/usr/include")],
    });
    expect(said("shell", report)).toBe("export CFLAGS='-O2 -g'");
    expect(said("bbclass", report)).toBe('CFLAGS:remove = "-I/usr/include"');
  });

  test("a flag that no variable brought is named with its first holder", () => {
    const report = reportWith({ kind: "stray-flag", flags: [flag("-L/usr/lib")] });
    expect(said("shell", report)).toBe("");
    expect(printed("shell", report)).toContain("Take -L/usr/lib out");
    expect(printed("shell", report)).toContain("/usr/bin/make (line 7)");
  });

  test("a compiler without sysroot is called with it", () => {
    const report = reportWith({
      kind: "missing-flag",
      flags: [flag("--sysroot=/opt/sdk/sysroot", "/usr/bin/aarch64-linux-gnu-g++-12")],
    });
    expect(said("env", report)).toBe("CXX=aarch64-linux-gnu-g++-12 --sysroot=/opt/sdk/sysroot");
    expect(said("meson", report)).toContain("cpp_args = ['--sysroot=/opt/sdk/sysroot']");
    expect(said("cmake", report)).toBe('set(CMAKE_SYSROOT "/opt/sdk/sysroot")');
    expect(parse(printed("cargo", report))).toMatchObject({
      target: {
        "aarch64-unknown-linux-gnu": {
          rustflags: ["-C", "link-arg=--sysroot=/opt/sdk/sysroot"],
        },
      },
    });
  });

  test("a compiler that cmake called without a sysroot gets it from cmake", () => {
    const process = { pid: 1, program: "/x/cc1", argv: [], chain: ["sh", "cmake", "gcc", "cc1"] };
    const flags = [flag("--sysroot=/opt/sdk/sysroot", "/usr/bin/aarch64-linux-gnu-gcc")];
    const report = reportWith({ kind: "missing-flag", flags }, { finding: { process } });
    expect(said("bbclass", report)).toBe("inherit cmake\ninherit pkgconfig");
    expect(printed("shell", report)).toContain("Set CMAKE_SYSROOT to /opt/sdk/sysroot");
  });

  test("an object of the host's compiler is to be made by the target's", () => {
    const of = (program: string) =>
      printed("env", reportWith({ kind: "host-program", flags: [flag(program)] }));
    expect(of("/usr/bin/gcc-12")).toContain("Call the target's compiler, CC or CXX, instead of");
    expect(of("/usr/bin/moc")).toContain("Call the build's own program instead of");
    expect(of("/usr/bin/php-config")).toContain("Call /opt/sdk/sysroot/usr/bin/php-config instead");
  });

  test("a linker that was called by itself is told of the sysroot in LD, not in CC", () => {
    for (const name of ["x86_64-acme-linux-gnu-ld", "ld.lld", "arm-none-eabi-ld.gold"]) {
      const flags = [flag("--sysroot=/opt/sdk/sysroot", `/usr/bin/${name}`)];
      const report = reportWith({ kind: "missing-flag", flags });
      expect(said("env", report)).toBe(`LD=${name} --sysroot=/opt/sdk/sysroot`);
    }
  });

  test("libclang in a build script is told for its target alone", () => {
    const at = { pid: 1, program: "/b/build-script-build", line: 2 };
    const report = reportWith({
      kind: "missing-flag",
      variables: [{ ...unset("BINDGEN_EXTRA_CLANG_ARGS"), at }],
      flags: [{ flag: "--sysroot=/opt/my sdk", at }],
    });
    expect(said("shell", report)).toBe(
      "export BINDGEN_EXTRA_CLANG_ARGS_aarch64_unknown_linux_gnu=''\\''--sysroot=/opt/my sdk'\\'''",
    );
    expect(said("bbclass", report)).toContain(`--sysroot=${EXPANDED}{STAGING_DIR_TARGET}`);
  });

  test("a missing package is a dependency", () => {
    const report = reportWith(
      { kind: "missing-dependency" },
      { finding: { path: "/usr/lib/x86_64-linux-gnu/pkgconfig/liblzma.pc" } },
    );
    expect(said("bbclass", report)).toBe('DEPENDS += "xz"');
    expect(printed("shell", report)).toContain("Put xz, which has");
  });

  test("a symlink is led to the sysroot's own file where that is known", () => {
    const link = "/opt/sdk/sysroot/usr/lib/libz.so";
    const expected = { path: "/opt/sdk/sysroot/lib/libz.so.1", exists: true, known: true };
    const cause = { kind: "symlink", flags: [flag(`${link} -> /usr/lib/libz.so.1`)] } as const;
    const report = reportWith(cause, { finding: { path: "/usr/lib/libz.so.1", expected } });
    expect(said("shell", report)).toBe(`ln -sfn ../../lib/libz.so.1 ${link}`);
  });

  test("an unexplained finding repeats its rule's advice", () => {
    expect(printed("env", reportWith({ kind: "unknown" }))).toContain("Set PKG_CONFIG_LIBDIR.");
  });

  test("a report without findings calls for nothing", () => {
    const report = { ...PKG_CONFIG, findings: [], groups: [] };
    for (const format of Object.keys(FORMATS) as FormatName[]) {
      expect(said(format, report)).toBe("");
      expect(printed(format, report)).toContain("calls for nothing");
    }
  });
});

/** Text as hostile as a trace can bring it. */
const hostile = fc
  .string({ unit: "binary", minLength: 1, maxLength: 24 })
  .map((text) => text.replaceAll("\0", ""));

describe("whatever a report holds", () => {
  test("a shell that sources the fix sets just these bytes and runs nothing", () => {
    const examples = ["'; touch x; '", "$(id)", "`id`", "a\nb", "\\", "é\u2028"];
    const one = fc.sample(hostile, { numRuns: 20, seed: 5 }).concat(examples);
    for (const value of one) {
      const report = reportWith({
        kind: "lost-variable",
        variables: [lost("PKG_CONFIG_LIBDIR", value)],
      });
      const script = `${printed("shell", report)}\nprintf %s "$PKG_CONFIG_LIBDIR"`;
      const { stdout } = spawnSync("sh", ["-c", script], { env: {} });
      expect(stdout.toString()).toBe(Buffer.from(value).toString());
    }
  });

  test("cargo reads back the same value", () => {
    void fc.assert(
      fc.property(hostile, (value) => {
        const variables = [lost("CC", value)];
        const { env } = parse(printed("cargo", reportWith({ kind: "lost-variable", variables })));
        expect(env).toEqual({ CC_aarch64_unknown_linux_gnu: value.toWellFormed() });
      }),
    );
  });

  test("BitBake is never handed something to expand", () => {
    for (const value of [`${EXPANDED}{@os.system('id')}`, 'a" \n do_x() {', "x\\"]) {
      const variables = [lost("CC", value), wrong("CFLAGS", `${value} -I${value}`)];
      const flags = [flag(`-I${value}`)];
      const report = reportWith({ kind: "lost-variable", variables, flags });
      const text = said("bbclass", report);
      expect(text).not.toContain(`${EXPANDED}{@`);
      for (const line of text.split("\n"))
        expect(line).toMatch(
          /^(?:export \w+ = "(?:[^"\\]|\\.)*"|do_\w+:prepend\(\) \{| {4}unset \w+|\}|)$/,
        );
    }
  });

  test("a name that no shell takes is not printed as one", () => {
    const report = reportWith({
      kind: "lost-variable",
      variables: [lost("PKG_CONFIG_X;id", "1"), lost("PKG_CONFIG_LIBDIR_a-b", "1")],
    });
    expect(said("shell", report)).toBe("export PKG_CONFIG_LIBDIR_a_b=1");
  });

  test("a comment stays in its line", () => {
    void fc.assert(
      fc.property(
        hostile,
        fc.constantFrom(...(Object.keys(FORMATS) as FormatName[])),
        (path, format) => {
          const report = reportWith(
            { kind: "missing-dependency" },
            { finding: { path: `/${path}` } },
          );
          for (const line of printed(format, report)
            .split("\n")
            .filter((each) => /^#/.test(each)))
            expect(line).not.toMatch(/[\r\u2028\u2029\x1b]|\\$/);
          expect(said(format, report)).toMatch(/^(?:DEPENDS \+= "[a-z0-9.+-]+")?$/);
        },
      ),
    );
  });
});
