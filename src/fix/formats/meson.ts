import { clangArguments } from "../clang-arguments.ts";
import { type Block, type Language, written } from "../document.ts";
import type { Format, Site } from "../remedy.ts";

/** A Meson cross file, to give beside the one that there is. */
export const meson: Format = (prescriptions, site) => written(prescriptions, site, MESON);

const MESON: Language = {
  about:
    "Give as a second --cross-file after the build's own, and set up a fresh build folder: meson reads them in order.",
  sections: [
    ["properties", "[properties]"],
    ["options", "[built-in options]"],
  ],
  vocabulary: {
    set: ({ name, value }) => {
      if (/^PKG_CONFIG_SYSROOT_DIR/.test(name)) return [property("sys_root", quoted(value))];
      if (/^PKG_CONFIG_LIBDIR/.test(name))
        return [property("pkg_config_libdir", list(value.split(":")))];
      return null;
    },
    sysroot: (_, { sysroot }) =>
      sysroot === null
        ? null
        : ["c_args", "c_link_args", "cpp_args", "cpp_link_args"].map((name) => ({
            section: "options",
            lines: [`${name} = ${list([`--sysroot=${sysroot}`])}`],
          })),
    libclang: ({ words }) =>
      clangArguments(words) === null ? null : [property("bindgen_clang_arguments", list(words))],
    confine: ({ tool }, site) => (tool === "meson" ? confined(site) : null),
  },
};

function confined({ sysroot, pkgConfigFolders }: Site): readonly Block[] | null {
  if (sysroot === null) return null;
  return [
    property("sys_root", quoted(sysroot)),
    property("pkg_config_libdir", list(pkgConfigFolders)),
  ];
}

function property(name: string, value: string): Block {
  return { section: "properties", lines: [`${name} = ${value}`] };
}

function list(words: readonly string[]): string {
  return `[${words.map(quoted).join(", ")}]`;
}

/** A string of a machine file, which ends at its line. */
function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&").replaceAll("\n", "\\n")}'`;
}
