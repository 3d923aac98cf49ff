type Encoding = "bytes" | "utf-16le" | "utf-16be";

/** How many bytes {@link EncodingGate} needs to see before it decides. */
const ENOUGH = 4;

/**
 * Passes the bytes of a log on, without a byte order mark. A log in UTF-16 (PowerShell's redirect writes
 * those) becomes UTF-8, which loses nothing: strace escapes every byte of a string that is not ASCII.
 */
export class EncodingGate {
  readonly #pass: (chunk: Buffer) => void;
  #encoding: Encoding | null = null;
  #head: Buffer = Buffer.alloc(0);
  #decoder: InstanceType<typeof TextDecoder> | null = null;

  constructor(pass: (chunk: Buffer) => void) {
    this.#pass = pass;
  }

  /** True once the log is known not to be UTF-16. */
  get isBytes(): boolean {
    return this.#encoding === "bytes";
  }

  write(chunk: Uint8Array): void {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (this.#encoding === null) {
      this.#head = Buffer.concat([this.#head, bytes]);
      if (this.#head.length >= ENOUGH) this.#decide();
    } else {
      this.#forward(bytes);
    }
  }

  end(): void {
    if (this.#encoding === null) this.#decide();
    if (this.#decoder) this.#pass(Buffer.from(this.#decoder.decode(), "utf8"));
  }

  #decide(): void {
    const head = this.#head;
    this.#head = Buffer.alloc(0);
    this.#encoding = encodingOf(head);
    if (this.#encoding !== "bytes") this.#decoder = new TextDecoder(this.#encoding);
    const marked = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
    this.#forward(marked ? head.subarray(3) : head);
  }

  #forward(bytes: Buffer): void {
    if (this.#decoder) {
      this.#pass(Buffer.from(this.#decoder.decode(bytes, { stream: true }), "utf8"));
    } else {
      this.#pass(bytes);
    }
  }
}

function encodingOf(head: Buffer): Encoding {
  const [first = 0, second = 0, third = 0, fourth = 0] = head;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  if (head.length < ENOUGH) return "bytes";
  if (first !== 0 && second === 0 && third !== 0 && fourth === 0) return "utf-16le";
  if (first === 0 && second !== 0 && third === 0 && fourth !== 0) return "utf-16be";
  return "bytes";
}
