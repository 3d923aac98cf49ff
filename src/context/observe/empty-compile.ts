import type { ByteString } from "../../model/byte-string.ts";
import type { Tracee } from "../../model/tracee.ts";

/** Options whose next word is no source. */
const TAKES_FILE = /^-(?:o|M[FTQ]|include|imacros|dumpbase|dumpdir|aux-info)$/;

/**
 * True for the header that compilers read before any source, where nothing is made of it: a compile of /dev/null, by which
 * kbuild tries each option, and preprocessing of what a script asks on standard input, as for the compiler's version.
 */
export function isOfEmptyCompile({ argv }: Tracee, path: ByteString): boolean {
  if (argv === null || !path.endsWith("/stdc-predef.h")) return false;
  const asks = argv.includes("-E") && !argv.includes("-o");
  return argv.some(
    (word, at) =>
      (word === "/dev/null" || (word === "-" && asks)) && !TAKES_FILE.test(argv[at - 1] ?? ""),
  );
}
