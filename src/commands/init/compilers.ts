import { clue, type Detector, namesIn } from "./clue.ts";

/** Cross compilers in PATH, as Debian packages them: `<triple>-gcc`. The host's own has such a name too. */
export const compilers: Detector = ({ env }) => {
  const folders = [...new Set((env.PATH ?? "").split(":").filter((folder) => folder !== ""))];
  return folders.flatMap((folder) =>
    namesIn(folder).flatMap((name) => {
      const triple = /^((\w+)-(?:\w+-)?linux-\w+)-gcc$/.exec(name);
      if (triple === null || triple[2] === hostMachine()) return [];
      return clue("target", triple[1], `${name} in PATH`);
    }),
  );
};

/** What compilers call this machine's processor. */
function hostMachine(): string {
  return { x64: "x86_64", arm64: "aarch64", ia32: "i686" }[process.arch as string] ?? process.arch;
}
