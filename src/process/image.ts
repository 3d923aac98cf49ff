import { type ByteString, detached } from "../model/byte-string.ts";
import { type PathTable, UNKNOWN_PATH } from "../model/path-table.ts";
import type { Syscall } from "../model/syscall.ts";
import type { Environment } from "../model/tracee.ts";
import type { ProgramImage } from "./live-tracee.ts";
import type { Seen } from "./task.ts";

/** A build has few environments, as far as watched variables go; a hostile log has any number. */
const MOST_SHARED = 10_000;

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

  read(call: Syscall, seen: Seen): ProgramImage {
    const { argv } = call;
    // A tracee lives longer than its line, which can be a hundred thousand bytes long.
    const program = seen.path === UNKNOWN_PATH ? seen.requested : seen.path;
    return {
      program: program === UNKNOWN_PATH ? null : this.#paths.text(program),
      argv: argv ? argv.items.map(({ bytes }) => detached(bytes)) : null,
      argvTruncated:
        argv?.truncated === true || argv?.items.some((item) => item.truncated) === true,
      environment: this.#environment(call),
    };
  }

  #environment({ env, envCount }: Syscall): Environment | null {
    if (!env) {
      return envCount === undefined ? null : this.#shared({ variables: null, count: envCount });
    }
    const variables = new Map<ByteString, ByteString>();
    for (const { bytes } of env.items) {
      const equals = bytes.indexOf("=");
      if (equals <= 0) continue;
      const name = bytes.slice(0, equals);
      if (this.#watches(name)) variables.set(detached(name), detached(bytes.slice(equals + 1)));
    }
    return this.#shared({
      variables,
      count: env.truncated ? null : env.items.length,
    });
  }

  /** One object for equal environments. */
  #shared(environment: Environment): Environment {
    const { variables, count } = environment;
    const key = JSON.stringify([count, variables && [...variables]]);
    const known = this.#environments.get(key);
    if (known) return known;
    if (this.#environments.size < MOST_SHARED) this.#environments.set(key, environment);
    return environment;
  }
}

/** The folder that the shell was in, by the PWD of an environment (-v): likely, not proven. */
export function likelyFolder(call: Syscall): ByteString | null {
  for (const { bytes, truncated } of call.env?.items ?? []) {
    if (bytes.startsWith("PWD=/") && !truncated) return detached(bytes.slice("PWD=".length));
  }
  return null;
}
