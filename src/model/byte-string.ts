/**
 * Bytes held in a string, one char (U+0000 to U+00FF) per byte.
 *
 * Paths, arguments and environment values are bytes, not text: a file name need not be UTF-8. V8 stores
 * such strings as one byte per char, so they cost what a Buffer costs and still work as Map keys.
 * Nothing of this type may be printed: {@link toText} makes the printable form.
 */
export type ByteString = string;

/** The byte string of a text (its UTF-8 bytes). */
export function fromText(text: string): ByteString {
  return Buffer.from(text, "utf8").toString("latin1");
}

const strictUtf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * The text of a byte string, or `undefined` where the bytes are not valid UTF-8.
 * Control characters come through as they are: escape them before they reach a terminal.
 */
export function decodeUtf8(bytes: ByteString): string | undefined {
  if (isAscii(bytes)) return bytes;
  try {
    return strictUtf8.decode(Buffer.from(bytes, "latin1"));
  } catch {
    return undefined;
  }
}

/** Text for reports: valid UTF-8 as it is, every other byte as `\xNN`. */
export function toText(bytes: ByteString): string {
  const whole = decodeUtf8(bytes);
  if (whole !== undefined) return whole;
  const loose = Buffer.from(bytes, "latin1");
  let text = "";
  for (let at = 0; at < loose.length; ) {
    const length = sequenceLength(loose, at);
    if (length === 0) {
      text += `\\x${loose.toString("hex", at, at + 1)}`;
      at += 1;
    } else {
      text += loose.toString("utf8", at, at + length);
      at += length;
    }
  }
  return text;
}

/**
 * The same bytes in memory of their own. V8 makes a slice as a reference into the whole string: kept for long,
 * a name of ten bytes would keep the line of a hundred thousand that it was cut from.
 */
export function detached(bytes: ByteString): ByteString {
  return Buffer.from(bytes, "latin1").toString("latin1");
}

/** The hexadecimal digits of the bytes, two a byte. */
export function toHex(bytes: ByteString): string {
  return Buffer.from(bytes, "latin1").toString("hex");
}

function isAscii(bytes: ByteString): boolean {
  for (let at = 0; at < bytes.length; at++) if (bytes.charCodeAt(at) > 0x7f) return false;
  return true;
}

/** Length of the valid UTF-8 sequence that starts at `at`, or 0. */
function sequenceLength(bytes: Buffer, at: number): number {
  const first = bytes[at] ?? 0;
  const length =
    first < 0x80
      ? 1
      : first < 0xc2
        ? 0
        : first < 0xe0
          ? 2
          : first < 0xf0
            ? 3
            : first < 0xf5
              ? 4
              : 0;
  if (length < 2) return length;
  try {
    strictUtf8.decode(bytes.subarray(at, at + length));
    return at + length <= bytes.length ? length : 0;
  } catch {
    return 0;
  }
}
