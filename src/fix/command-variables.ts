import { commandWord, isExpanded } from "./quoted.ts";

/** Variables that make and configure scripts put into command lines. */
const COMMANDS = /(?:^|_)(?:CC|CXX|CPP|LD|AR|AS|NM|RANLIB|STRIP|OBJCOPY|LDSHARED|\w*FLAGS)(?:_|$)/;

/** True for a value that a variable can hold without make running anything for it. */
export function isSettable(name: string, value: string): boolean {
  return !value.endsWith("\n") && !(COMMANDS.test(name) && isExpanded(value));
}

/** The variable that names a compiler or linker, and its value with the sysroot; null where there is nothing to say. */
export function compilerCall(
  driver: string,
  sysroot: string | null,
  target: string | null,
): { readonly name: "CC" | "CXX" | "LD"; readonly value: string } | null {
  const called = driver || (target === null ? "" : `${target}-gcc`);
  const words = [commandWord(called), commandWord(`--sysroot=${sysroot}`)];
  if (sysroot === null || called === "" || words.includes(null)) return null;
  const name = isCxx(called) ? "CXX" : isLinker(called) ? "LD" : "CC";
  return { name, value: words.join(" ") };
}

/** True for a driver of C++. */
function isCxx(driver: string): boolean {
  return /(?:\+\+|-c\+\+)(?:-[\d.]+)?$/.test(driver);
}

/** True for a linker that the build calls itself. */
function isLinker(driver: string): boolean {
  return /(?:^|-)(?:ld(?:\.\w+)?|gold|lld|mold)$/.test(driver);
}
