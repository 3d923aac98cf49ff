import type { ByteString } from "../../model/byte-string.ts";
import { isWithin, mergeUsr, parentFolder, resolvePath } from "../../model/path.ts";

/** What is searched for in the folder that a flag names. */
export type FlagFamily = "include" | "library";

/** A flag that names a folder to search. */
export interface PathFlag {
  readonly family: FlagFamily;
  /**
   * Glued and absolute, whatever the command line had: `-I/usr/include`, `-isystem /usr/include`. Where a file of the
   * folder was given instead, its path.
   */
  readonly text: ByteString;
  readonly folder: ByteString;
}

/** Longer spellings stand before those that they begin with. */
const OPTIONS: readonly (readonly [option: string, family: FlagFamily])[] = [
  ["-isystem", "include"],
  ["-idirafter", "include"],
  ["-iquote", "include"],
  ["-cxx-isystem", "include"],
  ["-I", "include"],
  ["--rpath-link", "library"],
  ["-rpath-link", "library"],
  ["--rpath", "library"],
  ["-rpath", "library"],
  ["--library-path", "library"],
  ["-L", "library"],
  ["-B", "library"],
];

/** The search flags of a command line; those in words within an argument too: `sh -c "gcc -I/opt/x …"`, `CFLAGS=-I/opt/x`. */
export function pathFlagsOf(argv: readonly ByteString[], cwd: ByteString): readonly PathFlag[] {
  const words = wordsOf(argv);
  const flags: PathFlag[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    const found = OPTIONS.find(([option]) => word.startsWith(option));
    if (found === undefined) continue;
    const [option, family] = found;
    const rest = word === option ? (words[++at] ?? "") : word.slice(option.length);
    // The linker's long options may be glued with an equals sign; in -I=dir it stands for the sysroot.
    const value = family === "library" && option.length > 2 ? rest.replace(/^=/, "") : rest;
    const named = value.replace(RUSTC_KIND, "");
    // The folders of the rpath options stand in one word; a colon in any other is part of a name.
    for (const each of option.includes("rpath") ? named.split(":") : [named]) {
      const folder = folderOf(each, cwd);
      if (folder !== null) flags.push({ family, text: spelled(option, folder), folder });
    }
  }
  return flags;
}

/** True when a file can be found through the flag. Linkers look into the folder itself, compilers below it too. */
export function reaches(flag: PathFlag, path: ByteString): boolean {
  const folder = mergeUsr(flag.folder);
  return flag.family === "include"
    ? isWithin(mergeUsr(path), folder)
    : mergeUsr(parentFolder(path)) === folder;
}

/** The flag through which a file was found: the one with the deepest folder. */
export function reachingFlag(
  flags: readonly PathFlag[],
  family: FlagFamily,
  path: ByteString,
): PathFlag | null {
  let best: PathFlag | null = null;
  for (const flag of flags) {
    if (flag.family !== family || !reaches(flag, path)) continue;
    if (best === null || flag.folder.length > best.folder.length) best = flag;
  }
  return best;
}

/**
 * The flag through which a file was found, where strace cut its folder (short -s): the beginning that is left, put
 * together with what the file's own path tells. Null when no beginning fits.
 */
export function cutFlag(
  flags: readonly PathFlag[],
  family: FlagFamily,
  path: ByteString,
): PathFlag | null {
  const folder =
    family === "library"
      ? parentFolder(path)
      : (/^.*\/include(?=\/)/.exec(path)?.[0] ?? parentFolder(path));
  const cut = flags.find((flag) => flag.family === family && isBeginning(flag.folder, folder));
  if (cut === undefined) return null;
  return { family, folder, text: cut.text.slice(0, cut.text.length - cut.folder.length) + folder };
}

/** True when `text` may be what is left of `folder`: more than a place where everything lies. */
export function isBeginning(text: ByteString, folder: ByteString): boolean {
  return text.length >= SHORTEST_BEGINNING && folder.startsWith(text);
}

const SHORTEST_BEGINNING = 12;

/** The words of a command line, wrapping taken off: shell strings, `-Wl,`, `-C link-arg=`, `CFLAGS=`. */
export function wordsOf(argv: readonly ByteString[]): readonly ByteString[] {
  let words = known.get(argv);
  if (words === undefined) {
    words = argv.flatMap(unwrapped);
    known.set(argv, words);
  }
  return words;
}

/** A command line is asked for the flags of each of its hundreds of headers. */
const known = new WeakMap<readonly ByteString[], readonly ByteString[]>();

/** An argument of an exec keeps its blanks; a word in a shell's string or in a variable ends at them. So both are given. */
function unwrapped(argument: ByteString): readonly ByteString[] {
  const words = BREAKS.test(argument) ? [argument, ...argument.split(BREAKS)] : [argument];
  return words.flatMap((word) => {
    const bare = word
      .replace(/^[A-Za-z_][\w-]*\+?=(?=-)/, "")
      .replace(/^(?:link-args?=|-Clink-args?=)/, "");
    return bare.startsWith("-Wl,") ? bare.slice(4).split(",") : bare;
  });
}

const BREAKS = /[\s"';()\x1f]+/;
const RUSTC_KIND = /^(?:native|dependency|crate|framework|all)=/;

function folderOf(named: ByteString, cwd: ByteString): ByteString | null {
  if (named.startsWith("/")) return resolvePath("/", named);
  return /^[\w.]/.test(named) && cwd !== "" ? resolvePath(cwd, named) : null;
}

function spelled(option: string, folder: ByteString): ByteString {
  return option.length === 2 ? option + folder : `${option} ${folder}`;
}
