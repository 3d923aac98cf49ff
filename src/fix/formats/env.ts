import { CLANG_ARGUMENTS, clangArguments, forTarget } from "../clang-arguments.ts";
import { compilerCall, isSettable } from "../command-variables.ts";
import { type Block, type Language, written } from "../document.ts";
import { isInert } from "../quoted.ts";
import type { Format } from "../remedy.ts";

/** `NAME=value` lines, as `docker --env-file` and systemd's EnvironmentFile read them: nothing is expanded, and pasted into a shell they run nothing. */
export const env: Format = (prescriptions, site) => written(prescriptions, site, ENV);

const ENV: Language = {
  about:
    "NAME=value, one a line, for docker run --env-file, systemd's EnvironmentFile and their like. An empty value is as good as none.",
  sections: [["", null]],
  vocabulary: {
    set: ({ name, value }) => line(name, value),
    clear: ({ name }) => line(name, ""),
    strip: ({ name, value }) => line(name, value),
    sysroot: ({ driver }, { sysroot, target }) => {
      const called = compilerCall(driver, sysroot, target);
      return called === null ? null : line(called.name, called.value);
    },
    libclang: ({ words, perTarget }, { rustTarget }) => {
      const value = clangArguments(words);
      if (value === null) return null;
      return line(perTarget ? forTarget(CLANG_ARGUMENTS, rustTarget) : CLANG_ARGUMENTS, value);
    },
  },
};

function line(name: string, value: string): readonly Block[] | null {
  return isSettable(name, value) && isInert(value)
    ? [{ section: "", lines: [`${name}=${value}`] }]
    : null;
}
