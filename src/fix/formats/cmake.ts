import { type Block, type Language, written } from "../document.ts";
import type { Format } from "../remedy.ts";

/** A CMake toolchain file, or lines to append to the one that there is. */
export const cmake: Format = (prescriptions, site) => written(prescriptions, site, CMAKE);

/** Read by compilers in the build step, which nothing in a toolchain file reaches. */
const READ_LATER =
  /^(?:CPATH|\w+_INCLUDE_PATH|LIBRARY_PATH|COMPILER_PATH|GCC_EXEC_PREFIX|LD_\w+|BINDGEN_\w+)$/;

const CMAKE: Language = {
  about:
    "Append to the toolchain file, or give it as -DCMAKE_TOOLCHAIN_FILE; then configure in a fresh build folder.",
  sections: [
    ["system", null],
    ["sysroot", null],
    ["find", null],
    ["env", null],
  ],
  vocabulary: {
    set: ({ name, value }) =>
      READ_LATER.test(name) ? null : [env(`set(ENV{${name}} ${quoted(value)})`)],
    clear: ({ name }) => (READ_LATER.test(name) ? null : [env(`unset(ENV{${name}})`)]),
    strip: ({ name, value }) => [env(`set(ENV{${name}} ${quoted(value)})`)],
    sysroot: (_, { sysroot }) => (sysroot === null ? null : [sysrootBlock(sysroot)]),
    confine: ({ tool }, { sysroot, target }) => {
      if (tool !== "cmake" || sysroot === null) return null;
      const processor = target?.split("-")[0];
      return [
        {
          section: "system",
          lines: [
            "set(CMAKE_SYSTEM_NAME Linux)",
            ...(processor === undefined
              ? []
              : [`set(CMAKE_SYSTEM_PROCESSOR ${quoted(processor)})`]),
          ],
        },
        sysrootBlock(sysroot),
        {
          section: "find",
          lines: [
            `set(CMAKE_FIND_ROOT_PATH ${quoted(sysroot)})`,
            "set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)",
            ...["LIBRARY", "INCLUDE", "PACKAGE"].map(
              (kind) => `set(CMAKE_FIND_ROOT_PATH_MODE_${kind} ONLY)`,
            ),
          ],
        },
      ];
    },
  },
};

function env(line: string): Block {
  return { section: "env", lines: [line] };
}

function sysrootBlock(sysroot: string): Block {
  return { section: "sysroot", lines: [`set(CMAKE_SYSROOT ${quoted(sysroot)})`] };
}

/** A quoted argument (cmake-language(7)): nothing in it is expanded or split. */
function quoted(text: string): string {
  return `"${text.replace(/[\\"$]/g, "\\$&")}"`;
}
