import { stringify } from "smol-toml";
import { MARKER, UNPRINTABLE } from "../../model/printable.ts";
import { CLANG_ARGUMENTS, clangArguments, forTarget } from "../clang-arguments.ts";
import { type Block, type Language, written } from "../document.ts";
import { commandWord } from "../quoted.ts";
import type { Format, Site } from "../remedy.ts";

/** `.cargo/config.toml`: [env] in the spellings that count for the target alone. */
export const cargo: Format = (prescriptions, site) => written(prescriptions, site, CARGO);

/** Variables that pkg-config-rs, cc-rs and bindgen also read with the target behind them, before the plain one. */
const PER_TARGET =
  /^(?:PKG_CONFIG(?:_(?:PATH|LIBDIR|SYSROOT_DIR|ALLOW_CROSS))?|CC|CXX|AR|CFLAGS|CXXFLAGS|BINDGEN_EXTRA_CLANG_ARGS)$/;

const CARGO: Language = {
  about:
    "For .cargo/config.toml beside Cargo.toml. A variable with the target in its name leaves build scripts of host crates alone.",
  sections: [
    ["env", "[env]"],
    ["forced", null],
    ["target", null],
  ],
  vocabulary: {
    set: ({ name, value }, site) => variable(named(name, site), value),
    clear: ({ name }, site) =>
      PER_TARGET.test(name) && site.rustTarget !== null
        ? variable(named(name, site), "")
        : forced(name, ""),
    strip: ({ name, value }) => forced(name, value),
    sysroot: (_, site) => {
      const { sysroot, rustTarget } = site;
      if (sysroot === null || rustTarget === null) return null;
      const rustflags = ["-C", `link-arg=--sysroot=${sysroot}`];
      const flag = commandWord(`--sysroot=${sysroot}`);
      if (flag === null) return null;
      return [
        ...variable(named("CFLAGS", site), flag),
        { section: "target", lines: toml({ target: { [rustTarget]: { rustflags } } }) },
      ];
    },
    libclang: ({ words }, site) => {
      const value = clangArguments(words);
      return value === null ? null : variable(named(CLANG_ARGUMENTS, site), value);
    },
  },
};

function named(name: string, { rustTarget }: Site): string {
  return PER_TARGET.test(name) ? forTarget(name, rustTarget) : name;
}

function variable(name: string, value: string): readonly Block[] {
  return [{ section: "env", lines: toml({ [name]: value }) }];
}

/** Cargo leaves a variable that is there already as it is, unless it is forced. */
function forced(name: string, value: string): readonly Block[] {
  return [{ section: "forced", lines: toml({ env: { [name]: { value, force: true } } }) }];
}

function toml(table: Record<string, unknown>): readonly string[] {
  const text = stringify(table).trimEnd().replace(MARKER, "#\\u0023");
  return text.split("\n").map((line) => line.replace(UNPRINTABLE, scalarEscape));
}

function scalarEscape(char: string): string {
  return `\\U${(char.codePointAt(0) ?? 0).toString(16).padStart(8, "0")}`;
}
