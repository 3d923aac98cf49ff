import type { Transfer } from "../model/access.ts";
import type { ByteString } from "../model/byte-string.ts";
import type { Tracee } from "../model/tracee.ts";

/** The first process that wrote a flag, and the line where it did. */
export interface Printed {
  readonly tracee: Tracee;
  readonly line: number;
}

const MOST_FLAGS = 4096;
/** What pkg-config and *-config scripts answer, and what a cargo build script tells cargo. */
const FLAG =
  /(?:^|[\s"'=])(-[IL]|-isystem ?|cargo::?rustc-link-search=(?:\w+=)?)(\/[^\s"'\\]*)(?=[\s"'\\]|$)/g;

/** Programs that print command lines and arguments which they did not make. */
const ECHOES =
  /\/(?:g?make|ninja|samu|cargo|cmake|meson|(?:ba|da|k|z|a)?sh|busybox|expr|echo|printf|cat|tee|sed|grep|awk|mawk|gawk|[^/]*(?:gcc|g\+\+|clang|clang\+\+|cc|c\+\+)(?:-[\d.]+)?|libtool|config\.status|strace|ccache)$/;

/** Listens to what is written, and remembers who first printed which folder as a search flag. */
export class PrintedFlags {
  readonly #first: Map<ByteString, Printed> = new Map();

  transferred({ direction, content, tracee, line }: Transfer): void {
    if (direction !== "write" || content.length === 0 || this.#first.size >= MOST_FLAGS) return;
    if (tracee.program === null || ECHOES.test(tracee.program)) return;
    if (!content.includes("-I/") && !content.includes("-L/") && !mayTellCargo(content)) return;
    for (const [, option = "", folder = ""] of content.matchAll(FLAG)) {
      const flag = (option.startsWith("cargo") ? "-L" : option.trim()) + folder;
      if (!this.#first.has(flag)) this.#first.set(flag, { tracee, line });
    }
  }

  /** Who first printed the flag, in its glued spelling (`-I/usr/include`); undefined when no write shows it. */
  find(flag: ByteString): Printed | undefined {
    return this.#first.get(flag);
  }
}

function mayTellCargo(content: ByteString): boolean {
  return content.includes("rustc-link-search=") || content.includes("-isystem");
}
