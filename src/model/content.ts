import type { ByteString } from "./byte-string.ts";

const ELF = "\x7fELF";
/** What linkers, pkg-config and build scripts print that explains a leak. */
const WORDS = ["-I", "-L", "-isystem", "rustc-link-search", "incompatible"] as const;

/**
 * True for file content that somebody wants to see: the header of an ELF file that is read, flags and linker
 * messages that are written. All other content is passed over: a trace is full of it, and the fast lane is
 * fast because it does not look (`mayTell` in wasm/omissions.as.ts must say yes wherever this does).
 */
export function isTelling(name: string, content: ByteString): boolean {
  if (name.includes("read")) return content.startsWith(ELF);
  return WORDS.some((word) => content.includes(word));
}
