import type { Actor } from "../../model/actor.ts";
import type { ByteString } from "../../model/byte-string.ts";
import { baseName } from "../../model/path.ts";

/** Clients that let a server or a daemon do what they are asked for. Of docker's many errands these make something. */
const CLIENT = /^(?:sccache|icecc|buildcache|recc|rewrapper|docker|nerdctl)$/;
/** A client under a compiler's name: `/usr/lib/icecc/bin/gcc`. */
const MASKED = /\/(icecc|distcc|buildcache)\/(?:bin\/)?[^/]+$/;
const ERRAND = /^(?:run|exec|build|buildx|compose|start)$/;

/**
 * The clients of a build that handed their work to somebody whom the log does not follow: below them nothing was made.
 * One that finds no server works itself.
 */
export function clientsOf(actors: readonly Actor[]): readonly string[] {
  const names = new Set<string>();
  for (const { program, first, children } of actors) {
    if (program === null || first.argv === null) continue;
    const masked = MASKED.exec(program)?.[1];
    const name = masked ?? baseName(program);
    if (
      asksFor(name, masked !== undefined, first.argv) &&
      !children.some((child) => makesSomething(child))
    )
      names.add(name);
  }
  return [...names].sort();
}

function asksFor(name: string, isMasked: boolean, argv: readonly ByteString[]): boolean {
  const [, word = ""] = argv;
  if (isMasked) return argv.includes("-c");
  if (!CLIENT.test(name)) return false;
  return /^(?:docker|nerdctl)$/.test(name) ? ERRAND.test(word) : /^[^-]/.test(word);
}

const MAKES: ReadonlySet<string> = new Set([
  "compiler",
  "preprocessor",
  "assembler",
  "linker",
  "rustc",
]);
/** Wrappers between a client and a compiler. */
const MOST_STEPS = 8;

function makesSomething({ role, children }: Actor, depth = 0): boolean {
  if (MAKES.has(role)) return true;
  return depth < MOST_STEPS && children.some((child) => makesSomething(child, depth + 1));
}
