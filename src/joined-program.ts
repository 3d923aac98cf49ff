import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";

/** Where the build puts the program: all modules of the command line in one script, a function of what {@link start} gives. */
const PLACE = new URL("./cli/program.cjs", import.meta.url);

/**
 * Where the build puts the bytecode that V8 made of it: a check of a short log takes a quarter less time with it. V8 takes
 * what the same V8 with the same flags made of as many characters. It does not ask for which processor, so the name does.
 */
export const BYTECODE_PLACE: URL = new URL(
  `./cli/program-${process.version}-${process.platform}-${process.arch}.bytecode`,
  import.meta.url,
);

/** The program, with its bytecode where there is some for this Node; null where nothing was joined, as in a checkout's src/. */
export function joinedProgram(): Script | null {
  const text = read(PLACE);
  if (text === null) return null;
  const cachedData = read(BYTECODE_PLACE);
  // The build sees to it that all of it is ASCII: as UTF-8, it would be decoded for nothing.
  return new Script(text.toString("latin1"), {
    filename: fileURLToPath(PLACE),
    ...(cachedData !== null && { cachedData }),
  });
}

export function start(program: Script): void {
  program.runInThisContext()(createRequire(PLACE), PLACE.href);
}

function read(place: URL): Buffer | null {
  try {
    return readFileSync(place);
  } catch {
    return null;
  }
}
