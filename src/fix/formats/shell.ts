import { posix } from "node:path";
import { CLANG_ARGUMENTS, clangArguments, forTarget } from "../clang-arguments.ts";
import { type Block, type Language, written } from "../document.ts";
import { quoted } from "../quoted.ts";
import type { Format } from "../remedy.ts";

/** Exports for a POSIX shell: to source before the build. */
export const shell: Format = (prescriptions, site) => written(prescriptions, site, SHELL);

/** How a shell says it. */
export const SHELL: Language = {
  about: "Source this in the shell that starts the build.",
  sections: [["", null]],
  vocabulary: {
    set: ({ name, value }) => block(`export ${name}=${quoted(value)}`),
    clear: ({ name }) => block(`unset ${name}`),
    strip: ({ name, value }) => block(`export ${name}=${quoted(value)}`),
    sysroot: ({ driver }, { sysroot, target }) => {
      const called = driver || (target === null ? "" : `${target}-gcc`);
      if (sysroot === null || called === "") return null;
      const name = isCxx(called) ? "CXX" : "CC";
      return block(`export ${name}=${quoted(`${called} --sysroot=${sysroot}`)}`);
    },
    libclang: ({ words, perTarget }, { rustTarget }) => {
      const value = clangArguments(words);
      if (value === null) return null;
      const name = perTarget ? forTarget(CLANG_ARGUMENTS, rustTarget) : CLANG_ARGUMENTS;
      return block(`export ${name}=${quoted(value)}`);
    },
    relink: ({ link, inside }) =>
      inside === null
        ? null
        : block(`ln -sfn ${quoted(posix.relative(posix.dirname(link), inside))} ${quoted(link)}`),
  },
};

/** True for a driver of C++. */
export function isCxx(driver: string): boolean {
  return /(?:\+\+|-c\+\+)(?:-[\d.]+)?$/.test(driver);
}

function block(...lines: readonly string[]): readonly Block[] {
  return [{ section: "", lines }];
}
