import { posix } from "node:path";
import { CLANG_ARGUMENTS, clangArguments, forTarget } from "../clang-arguments.ts";
import { compilerCall, isSettable } from "../command-variables.ts";
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
    set: ({ name, value }) => exported(name, value),
    clear: ({ name }) => block(`unset ${name}`),
    strip: ({ name, value }) => exported(name, value),
    sysroot: ({ driver }, { sysroot, target }) => {
      const called = compilerCall(driver, sysroot, target);
      return called === null ? null : exported(called.name, called.value);
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
        : block(`ln -sfn ${quoted(relativeLink(link, inside))} ${quoted(link)}`),
  },
};

function exported(name: string, value: string): readonly Block[] | null {
  return isSettable(name, value) ? block(`export ${name}=${quoted(value)}`) : null;
}

/** Where a symlink leads from its own folder; a name in it that begins with a hyphen would be an option of ln. */
function relativeLink(link: string, inside: string): string {
  const path = posix.relative(posix.dirname(link), inside);
  return path.startsWith("-") ? `./${path}` : path;
}

function block(...lines: readonly string[]): readonly Block[] {
  return [{ section: "", lines }];
}
