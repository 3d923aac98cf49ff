import { baseName } from "../../model/path.ts";
import { CLANG_ARGUMENTS, forTarget } from "../clang-arguments.ts";
import { type Block, type Language, written } from "../document.ts";
import { providerOf } from "../providers.ts";
import type { Format } from "../remedy.ts";

/** A BitBake class to inherit, or lines for a .bbappend. */
export const bbclass: Format = (prescriptions, site) => written(prescriptions, site, BITBAKE);

/** A variable that BitBake expands. */
function bb(name: string): string {
  return `\${${name}}`;
}

const SYSROOT = bb("STAGING_DIR_TARGET");

/** How OE-core says what pkg-config must be told, wherever the work folder lies (pkgconfig.bbclass). */
const OWN_VALUES: ReadonlyMap<string, string> = new Map([
  ["PKG_CONFIG_SYSROOT_DIR", SYSROOT],
  ["PKG_CONFIG_LIBDIR", `${SYSROOT}${bb("libdir")}/pkgconfig:${SYSROOT}${bb("datadir")}/pkgconfig`],
]);

/** How BitBake says it. */
export const BITBAKE: Language = {
  about:
    "Save as classes/hostbleed-fix.bbclass and inherit it in the recipe, or put the lines into a .bbappend.",
  sections: [
    ["inherit", null],
    ["depends", null],
    ["export", null],
    ["task", null],
  ],
  vocabulary: {
    set: ({ name, value }) => {
      const plain = name.replace(/^(PKG_CONFIG_(?:SYSROOT_DIR|LIBDIR)).*$/, "$1");
      const own = OWN_VALUES.get(plain);
      if (own !== undefined) return [...inherit("pkgconfig"), ...exported(name, own)];
      return isSafe(value) ? exported(name, quoted(value)) : null;
    },
    clear: ({ name }) =>
      ["do_configure", "do_compile"].map((task) => ({
        section: "task",
        lines: [`${task}:prepend() {`, `    unset ${name}`, "}"],
      })),
    strip: ({ name, flag }) =>
      isSafe(flag) ? [{ section: "export", lines: [`${name}:remove = "${quoted(flag)}"`] }] : null,
    sysroot: () => [
      {
        section: "export",
        lines: [`EXTRA_OEMAKE:append = " 'CC=\${CC}' 'CXX=\${CXX}' 'LD=\${LD}'"`],
      },
    ],
    libclang: ({ words, perTarget }, { rustTarget }) => {
      const said = words.map((each) =>
        each
          .replace(/^--sysroot(?:=.*)?$/s, `--sysroot=${SYSROOT}`)
          .replace(/^--target(?:=.*)?$/s, `--target=${bb("TARGET_SYS")}`),
      );
      return [
        ...depends("clang-native"),
        ...exported("LIBCLANG_PATH", bb("STAGING_LIBDIR_NATIVE")),
        ...exported(
          perTarget ? forTarget(CLANG_ARGUMENTS, rustTarget) : CLANG_ARGUMENTS,
          said.join(" "),
        ),
      ];
    },
    confine: ({ tool }) => inherit(tool, "pkgconfig"),
    depend: ({ file }) => {
      const provider = providerOf(file);
      return provider === null ? null : depends(provider.recipe);
    },
    replace: ({ program }) => {
      const name = baseName(program);
      if (/^(?:pkg-config|pkgconf)$/.test(name)) return inherit("pkgconfig");
      const variable = /^([\w.-]+)-config$/.exec(name)?.[1];
      if (variable === undefined || !/^[\w.+-]+$/.test(name)) return null;
      const upper = variable.toUpperCase().replaceAll(/\W/g, "_");
      return exported(`${upper}_CONFIG`, `\${STAGING_BINDIR_CROSS}/${name}`);
    },
  },
};

function inherit(...classes: readonly string[]): readonly Block[] {
  return classes.map((name) => ({ section: "inherit", lines: [`inherit ${name}`] }));
}

function depends(recipe: string): readonly Block[] {
  return [{ section: "depends", lines: [`DEPENDS += "${recipe}"`] }];
}

function exported(name: string, value: string): readonly Block[] {
  return [{ section: "export", lines: [`export ${name} = "${value}"`] }];
}

/**
 * BitBake expands \${…} and runs \${@…} wherever it meets them, and writes an exported value between double quotes
 * into the task's shell script, where it leaves back quotes as they are: a value with such in it is not said.
 */
function isSafe(value: string): boolean {
  return !/[$`\r\n\0]/.test(value);
}

function quoted(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"');
}
