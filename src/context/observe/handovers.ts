import type { ByteString } from "../../model/byte-string.ts";
import type { Role } from "../../model/facts.ts";
import { baseName } from "../../model/path.ts";
import type { Tracee } from "../../model/tracee.ts";
import type { Journal } from "./journal.ts";

/** Clients that let a server or a daemon do what they are asked for. Of docker's many errands these make something. */
const CLIENT = /^(?:sccache|icecc|buildcache|recc|rewrapper|docker|nerdctl)$/;
const ERRAND = /^(?:run|exec|build|buildx|compose)$/;
/** A client under a compiler's name: `/usr/lib/icecc/bin/gcc`. */
const MASKED = /\/(icecc|distcc|buildcache)\/(?:bin\/)?[^/]+$/;
/** sccache's server is sccache without arguments, which its first client starts. */
const SERVER = /^sccache$/;

const MAKES: ReadonlySet<Role> = new Set([
  "compiler",
  "preprocessor",
  "assembler",
  "linker",
  "rustc",
]);
/** Forks, shells and wrappers between a client, or a server, and a compiler. */
const MOST_STEPS = 12;

/**
 * The clients of a build that handed their work to somebody whom the log does not follow. One that finds no server, or
 * is asked for what that cannot do, works itself: then a compiler runs below it.
 */
export class Handovers {
  readonly #runs: Map<string, number> = new Map();
  readonly #followed: Set<string> = new Set();

  /** Those whose work the log does not show, by name. */
  get clients(): readonly string[] {
    const open = [...this.#runs].filter(([name, runs]) => runs > 0 && !this.#followed.has(name));
    return open.map(([name]) => name).sort();
  }

  started(journal: Journal): void {
    const { tracee, actor } = journal;
    const { program, argv } = tracee;
    journal.client = tracee.born === "exec" && program && argv ? clientOf(program, argv) : null;
    if (journal.client !== null)
      this.#runs.set(journal.client, (this.#runs.get(journal.client) ?? 0) + 1);
    else if (this.#runs.size > 0 && MAKES.has(actor.role)) this.#made(journal);
  }

  #made({ tracee }: Journal): void {
    let at = tracee.parent;
    for (let steps = 0; at !== null && steps < MOST_STEPS; steps++, at = at.parent) {
      const above = at.context as Journal | null;
      if (above?.client != null) {
        this.#runs.set(above.client, (this.#runs.get(above.client) ?? 0) - 1);
        above.client = null;
      } else if (isServer(at)) this.#followed.add(baseName(at.program ?? ""));
    }
  }
}

function clientOf(program: ByteString, argv: readonly ByteString[]): string | null {
  const masked = MASKED.exec(program)?.[1];
  if (masked !== undefined) return argv.includes("-c") ? masked : null;
  const name = baseName(program);
  if (!CLIENT.test(name)) return null;
  const [, word = ""] = argv;
  const asks = /^(?:docker|nerdctl)$/.test(name) ? ERRAND.test(word) : /^[^-]/.test(word);
  return asks ? name : null;
}

function isServer({ program, argv }: Tracee): boolean {
  return program !== null && argv?.length === 1 && SERVER.test(baseName(program));
}
