/** Formats that hold files: the bytes that tell each, and where they stand. */
const ARCHIVES: readonly { readonly name: string; readonly at: number; readonly magic: string }[] =
  [
    { name: "tar", at: 257, magic: "ustar" },
    { name: "zip", at: 0, magic: "PK\x03\x04" },
    { name: "7z", at: 0, magic: "7z\xbc\xaf\x27\x1c" },
  ];

/**
 * The name of the archive format that plain bytes begin as; null for none. An archive of logs reads like one log whose
 * lines are in the wrong order: most of it would be judged, and wrongly.
 */
export function archiveOf(head: Uint8Array): string | null {
  const found = ARCHIVES.find(
    ({ at, magic }) =>
      Buffer.from(head.subarray(at, at + magic.length)).toString("latin1") === magic,
  );
  return found?.name ?? null;
}
