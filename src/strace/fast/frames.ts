import type { ByteString } from "../../model/byte-string.ts";

/** What the scanner may have left out of a string: it must be read as a whole then. */
const OMISSIONS: readonly ByteString[] = ["\\", "0x", ":[]>", "{}"];

/**
 * What stands around the only string of a call: `openat(AT_FDCWD, "` and `", O_RDONLY)`. A log has some hundred of these
 * and a hundred thousand paths, so what a new text means is mostly known but for its path.
 */
export class Frames {
  /** The string of the text that was looked at last. */
  path: ByteString = "";
  #frame: ByteString = "";
  readonly #known: Map<ByteString, number> = new Map();

  /** Where the notes begin of a text with the same frame; undefined when there is none yet, or in a text with no string or several. */
  look(text: ByteString): number | undefined {
    this.#frame = "";
    const begin = text.indexOf('"') + 1;
    const end = text.indexOf('"', begin);
    if (begin === 0 || end <= begin || text.includes('"', end + 1)) return undefined;
    const path = text.slice(begin, end);
    if (OMISSIONS.some((omission) => path.includes(omission))) return undefined;
    this.path = path;
    this.#frame = text.slice(0, begin) + text.slice(end);
    return this.#known.get(this.#frame);
  }

  /** The text that was looked at has these notes. */
  learn(at: number): void {
    if (this.#frame !== "") this.#known.set(this.#frame, at);
  }

  forget(): void {
    this.#known.clear();
  }
}
