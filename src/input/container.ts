/** A compressed file format that a log may come in. */
export interface Container {
  readonly name: string;
  /** First bytes of each file of the format; null matches any byte. */
  readonly magic: readonly (readonly (number | null)[])[];
  /** Name endings that are dropped before a pid is looked for in a file name. */
  readonly endings: readonly string[];
  /** The program that decompresses stdin to stdout, with the Debian package that holds it; null: done here. */
  readonly program: Decompressor | null;
}

/** A system program that turns a compressed stdin into a plain stdout. */
export interface Decompressor {
  readonly command: string;
  readonly args: readonly string[];
  readonly debianPackage: string;
}

/** Formats told apart by their first bytes: names lie (`build.log` from a CI cache is often zstd). */
export const CONTAINERS: readonly Container[] = [
  { name: "gzip", magic: [[0x1f, 0x8b, 0x08]], endings: [".gz"], program: null },
  {
    name: "zstd",
    magic: [
      [0x28, 0xb5, 0x2f, 0xfd],
      // Skippable frame, which pzstd and seekable archives put first; its low nibble is free.
      ...Array.from({ length: 16 }, (_, low) => [0x50 | low, 0x2a, 0x4d, 0x18]),
    ],
    endings: [".zst", ".zstd"],
    program: { command: "zstd", args: ["-dcq"], debianPackage: "zstd" },
  },
  {
    name: "xz",
    magic: [[0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
    endings: [".xz"],
    program: { command: "xz", args: ["-dcq"], debianPackage: "xz-utils" },
  },
  {
    name: "bzip2",
    magic: [
      [0x42, 0x5a, 0x68, null, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59],
      // Nothing, compressed: the end of the stream comes at once.
      [0x42, 0x5a, 0x68, null, 0x17, 0x72, 0x45, 0x38, 0x50, 0x90],
    ],
    endings: [".bz2"],
    program: { command: "bzip2", args: ["-dcq"], debianPackage: "bzip2" },
  },
];

/** How many first bytes {@link recogniseContainer} wants to see. */
export const MAGIC_LENGTH = 10;

/** The format that a file of these first bytes is in; null for a plain one. */
export function recogniseContainer(head: Uint8Array): Container | null {
  return CONTAINERS.find((one) => one.magic.some((magic) => startsWith(head, magic))) ?? null;
}

/** A file name without the ending of its compression: `build.strace.12.gz` is about pid 12. */
export function withoutEnding(name: string): string {
  const ending = CONTAINERS.flatMap((one) => one.endings).find((end) => name.endsWith(end));
  return ending === undefined ? name : name.slice(0, -ending.length);
}

function startsWith(head: Uint8Array, magic: readonly (number | null)[]): boolean {
  return magic.every((byte, at) => byte === null || head[at] === byte);
}
