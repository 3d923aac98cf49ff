import { type ByteString, detached } from "../model/byte-string.ts";
import { below } from "../model/path.ts";
import { type PathTable, UNKNOWN_PATH } from "../model/path-table.ts";
import type { StringArgument, Syscall } from "../model/syscall.ts";
import type { Environment, Tracee } from "../model/tracee.ts";
import type { ProgramImage } from "./live-tracee.ts";
import type { Seen } from "./task.ts";

/** A build has few environments, as far as watched variables go; a hostile log has any number. */
const MOST_SHARED = 10_000;

/** Bytes of arguments that are kept of a process; the kernel's own limit is 2 MiB for them and the environment. */
const MOST_ARGUMENTS = 1 << 20;

/** The kernel's link to the caller's own program (proc(5)). */
const OWN_PROGRAM = /^\/proc\/(?:thread-)?self\/exe$/;

/** Reads what an exec says of the new program. */
export class ImageReader {
  readonly #paths: PathTable;
  readonly #watches: (name: ByteString) => boolean;
  readonly #environments: Map<string, Environment> = new Map();

  /** `watches` tells the variables to keep: the others are nobody's business. */
  constructor(paths: PathTable, watches: (name: ByteString) => boolean) {
    this.#paths = paths;
    this.#watches = watches;
  }

  /** `before` makes the call. */
  read(call: Syscall, seen: Seen, before: Pick<Tracee, "program" | "root">): ProgramImage {
    const { argv } = call;
    const items = argv ? firstOf(argv.items) : null;
    return {
      program: this.#program(seen, before),
      argv: items === null ? null : detachedAll(items, call.text.length),
      argvTruncated:
        argv?.truncated === true ||
        items?.length !== argv?.items.length ||
        items?.some((item) => item.truncated) === true,
      environment: this.#environment(call),
    };
  }

  #program({ path, requested }: Seen, before: Pick<Tracee, "program" | "root">): ByteString | null {
    const program = path === UNKNOWN_PATH ? requested : path;
    if (program === UNKNOWN_PATH) return null;
    const text = this.#paths.text(program);
    return OWN_PROGRAM.test(text) ? before.program : below(text, this.#paths.text(before.root));
  }

  #environment({ env, envCount }: Syscall): Environment | null {
    if (!env) return envCount === undefined ? null : this.#shared(null, envCount);
    const kept: StringArgument[] = [];
    for (const item of env.items) {
      const equals = item.bytes.indexOf("=");
      if (equals > 0 && this.#watches(item.bytes.slice(0, equals))) kept.push(item);
    }
    return this.#shared(kept, env.truncated ? null : env.items.length);
  }

  /** One object for equal environments. */
  #shared(kept: readonly StringArgument[] | null, count: number | null): Environment {
    // With lengths, since a hostile value can hold whatever is put between two.
    const lengths = kept?.map(({ bytes, truncated }) => `${bytes.length}${truncated ? "+" : ""}`);
    const key = `${count} ${lengths?.join()} ${kept?.map(({ bytes }) => bytes).join("")}`;
    const known = this.#environments.get(key);
    if (known) return known;
    const variables = kept === null ? null : new Map(kept.map(entryOf));
    const environment = { variables, cut: cutOf(kept ?? []), count };
    if (this.#environments.size < MOST_SHARED) this.#environments.set(detached(key), environment);
    return environment;
  }
}

function entryOf({ bytes }: StringArgument): readonly [ByteString, ByteString] {
  const equals = bytes.indexOf("=");
  return [detached(bytes.slice(0, equals)), detached(bytes.slice(equals + 1))];
}

function cutOf(variables: readonly StringArgument[]): ReadonlySet<ByteString> {
  const cut = variables.filter(({ truncated }) => truncated);
  return cut.length === 0 ? NONE : new Set(cut.map((variable) => entryOf(variable)[0]));
}

const NONE: ReadonlySet<ByteString> = new Set();

/** As many arguments as are kept: a link has some thousand objects, a hostile log 2 MB of them for each process. */
function firstOf(items: readonly StringArgument[]): readonly StringArgument[] {
  let bytes = 0;
  const end = items.findIndex((item) => {
    bytes += item.bytes.length + 1;
    return bytes > MOST_ARGUMENTS;
  });
  return end < 0 ? items : items.slice(0, end);
}

/** Arguments of a line that is not much longer than they are may keep it alive. */
const LITTLE_MORE = 1024;

/** Arguments that do not keep a long line alive: a tracee lives longer than that, and some have 100,000 bytes. */
function detachedAll(items: readonly StringArgument[], line: number): readonly ByteString[] {
  if (items.length === 0) return [];
  const length = items.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (line <= 2 * length + LITTLE_MORE) return items.map(({ bytes }) => bytes);
  // One copy for all: thirty small ones were measured to cost four times as much.
  const argv = detached(items.map(({ bytes }) => bytes).join("\0")).split("\0");
  // The kernel's arguments hold no NUL, but a hostile log's may.
  return argv.length === items.length ? argv : items.map(({ bytes }) => detached(bytes));
}
