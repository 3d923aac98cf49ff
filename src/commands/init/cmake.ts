import { join, relative, resolve } from "node:path";
import { type Clue, clue, type Detector, namesIn, textOf } from "./clue.ts";

/** A CMake toolchain file: the one that the environment names, or `*toolchain*.cmake` here and in `cmake/`. */
export const cmake: Detector = ({ cwd, env }) => {
  const named = env.CMAKE_TOOLCHAIN_FILE;
  const found = [cwd, join(cwd, "cmake")].flatMap((folder) =>
    namesIn(folder)
      .filter((name) => /toolchain.*\.cmake$/i.test(name))
      .map((name) => join(folder, name)),
  );
  return [...(named ? [resolve(cwd, named)] : []), ...found].flatMap((file) => cluesOf(file, cwd));
};

function cluesOf(file: string, cwd: string): readonly Clue[] {
  const from = relative(cwd, file) || file;
  const variables = new Map<string, string>();
  for (const [, name = "", value = ""] of textOf(file).matchAll(SET)) variables.set(name, value);
  const value = (name: string) => {
    const text = variables.get(name);
    // What another variable decides is not known here.
    return text === undefined || text.includes("${") ? undefined : text;
  };
  const compiler = value("CMAKE_C_COMPILER") ?? value("CMAKE_CXX_COMPILER") ?? "";
  const prefix = /([^/]+)-(?:gcc|g\+\+|clang|clang\+\+)$/.exec(compiler)?.[1];
  const sysroot = value("CMAKE_SYSROOT");
  return [
    ...clue("target", value("CMAKE_C_COMPILER_TARGET") ?? prefix, from),
    ...clue("sysroot", sysroot?.startsWith("/") ? sysroot : undefined, from),
  ];
}

/** `set(NAME value)`, the value quoted or not. */
const SET = /^\s*set\s*\(\s*(CMAKE_\w+)\s+"?([^"\s)]+)"?/gim;
