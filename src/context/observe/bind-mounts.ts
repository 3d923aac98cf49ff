import type { ByteString } from "../../model/byte-string.ts";
import type { Tracee } from "../../model/tracee.ts";

/** A folder, and the one that lies there instead. */
export interface BindMount {
  readonly folder: ByteString;
  readonly source: ByteString;
}

const MOUNT = /(?:^|\/)mount$/;
const BINDS = /^(?:--r?bind|-[BR]|(?:.*,)?r?bind(?:,.*)?)$/;
/** Options with a word of their own behind them. */
const TAKES_WORD = /^-[otOLU]$/;

/** The bind mount that a call of mount(8) asks for: `-e trace=openat,execve` shows no other sign of it. Null for any other call. */
export function bindMountOf({ program, argv, argvTruncated }: Tracee): BindMount | null {
  if (argv === null || argvTruncated || !MOUNT.test(program ?? "")) return null;
  const words = argv.slice(1);
  if (!words.some((word) => BINDS.test(word))) return null;
  const [source, folder, more] = words.filter(
    (word, at) => !word.startsWith("-") && !TAKES_WORD.test(words[at - 1] ?? ""),
  );
  if (more !== undefined || !source?.startsWith("/") || !folder?.startsWith("/")) return null;
  return { folder, source };
}
