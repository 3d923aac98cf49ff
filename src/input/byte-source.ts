import { HostbleedError } from "../model/errors.ts";
import type { ReadOptions, TraceSource } from "../model/trace-source.ts";
import { archiveOf } from "./archive.ts";
import { cannotRead, emptyInput } from "./input-error.ts";
import type { Reading } from "./reading.ts";

/** Reads the plain bytes of one source, and keeps `reading` up to date. */
export type ByteReader = (reading: Reading, options: ReadOptions) => AsyncGenerator<Uint8Array>;

/** What is known of a source before it is opened. */
export type Identity = Pick<TraceSource, "name" | "pid" | "set" | "size">;

/** A source made of a name and a way to read it; turns what the system says into errors for the user. */
export class ByteSource implements TraceSource {
  readonly name: string;
  readonly pid: number | null;
  readonly set: string | null;
  readonly size: number | null;
  readonly #read: ByteReader;
  readonly #reading: Reading = { consumed: 0, damage: null };

  constructor(identity: Identity, read: ByteReader) {
    this.name = identity.name;
    this.pid = identity.pid;
    this.set = identity.set;
    this.size = identity.size;
    this.#read = read;
  }

  get consumed(): number {
    return this.#reading.consumed;
  }

  get damage(): string | null {
    return this.#reading.damage;
  }

  async *open(options: ReadOptions = {}): AsyncGenerator<Uint8Array> {
    let delivered = false;
    try {
      for await (const chunk of this.#read(this.#reading, options)) {
        if (!delivered && options.from === undefined) refuseArchive(this.name, chunk);
        delivered ||= chunk.length > 0;
        yield chunk;
      }
    } catch (error) {
      throw cannotRead(this.name, error);
    }
    // A thread that dies at once leaves an empty file in its set; a log on its own cannot be empty.
    const excused = this.set !== null || this.damage !== null || options.signal?.aborted === true;
    if (!delivered && !excused) throw emptyInput(this.name);
  }
}

function refuseArchive(name: string, head: Uint8Array): void {
  const archive = archiveOf(head);
  if (archive === null) return;
  const hint = "unpack it, and give the folder: the files of strace -ff are judged together";
  throw new HostbleedError("input-not-strace", `${name} is a ${archive} archive`, hint);
}
