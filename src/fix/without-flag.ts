const LINK_ARGUMENT = /^(?:-C)?link-arg=/;
/** The sysroot of -I=dir, and the kinds of rustc's -L. */
const BEFORE_FOLDER = /^(?:native|dependency|crate|framework|all)?=/;

/**
 * A variable's value without one of its search flags, in either spelling (`-I/x` and `-I /x`) and in rustc's
 * (`-L native=/x`, `-C link-arg=-L/x`); the value itself when the flag is not in it. `flag` is spelled as causes
 * spell it: `-I/usr/include`, `-isystem /usr/include`.
 */
export function withoutFlag(value: string, flag: string): string {
  const [, option = "", folder = ""] = /^(-[IL]|-[\w-]+ )(.*)$/s.exec(flag) ?? [];
  if (folder === "") return value;
  const words = value.split(/\s+/).filter((word) => word !== "");
  const kept: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const codegen = words[at] === "-C" && words[at + 1]?.startsWith("link-arg=") === true;
    if (codegen) at++;
    const word = (words[at] ?? "").replace(LINK_ARGUMENT, "");
    if (word === option.trim() && isFolder(words[at + 1], folder)) at++;
    else if (
      !(word.startsWith(option.trim()) && isFolder(word.slice(option.trim().length), folder))
    )
      kept.push(...(codegen ? ["-C"] : []), words[at] ?? "");
  }
  return kept.length === words.length ? value : kept.join(" ");
}

function isFolder(word: string | undefined, folder: string): boolean {
  return word !== undefined && word.replace(BEFORE_FOLDER, "").replace(/(?<=.)\/+$/, "") === folder;
}
