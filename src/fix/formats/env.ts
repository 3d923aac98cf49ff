import { CLANG_ARGUMENTS, clangArguments, forTarget } from "../clang-arguments.ts";
import { type Block, type Language, written } from "../document.ts";
import type { Format } from "../remedy.ts";
import { isCxx } from "./shell.ts";

/** `NAME=value` lines, as `docker --env-file` and systemd's EnvironmentFile read them: nothing is expanded. */
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
      const called = driver || (target === null ? "" : `${target}-gcc`);
      if (sysroot === null || called === "") return null;
      return line(isCxx(called) ? "CXX" : "CC", `${called} --sysroot=${sysroot}`);
    },
    libclang: ({ words, perTarget }, { rustTarget }) => {
      const value = clangArguments(words);
      if (value === null) return null;
      return line(perTarget ? forTarget(CLANG_ARGUMENTS, rustTarget) : CLANG_ARGUMENTS, value);
    },
  },
};

/** A value with a line end in it cannot be said. */
function line(name: string, value: string): readonly Block[] | null {
  return /[\r\n\0]/.test(value) ? null : [{ section: "", lines: [`${name}=${value}`] }];
}
