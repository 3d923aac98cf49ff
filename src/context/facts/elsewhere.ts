import type { Actor } from "../../model/actor.ts";
import { baseName } from "../../model/path.ts";

/** Clients that let a server or a daemon do what they are asked for. Of docker's many errands these make something. */
const CLIENT = /^(?:sccache|icecc|buildcache|recc|rewrapper|docker|nerdctl)$/;
const ERRAND = /^(?:run|exec|build|buildx|compose|start)$/;

/**
 * The clients of a build that handed their work to somebody whom the log does not follow: below them nothing was made.
 * One that finds no server works itself.
 */
export function clientsOf(actors: readonly Actor[]): readonly string[] {
  const names = new Set<string>();
  for (const { program, first, children } of actors) {
    const name = program === null ? "" : baseName(program);
    if (!CLIENT.test(name) || first.argv === null) continue;
    const [, word = ""] = first.argv;
    const asks = /^(?:docker|nerdctl)$/.test(name) ? ERRAND.test(word) : /^[^-]/.test(word);
    if (asks && !children.some((child) => makesSomething(child))) names.add(name);
  }
  return [...names].sort();
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
