import type { Actor } from "../../model/actor.ts";
import type { PathId } from "../../model/path-table.ts";

/** Questions about one file that are kept: a build that asks more often asks the same again. */
const MOST_QUESTIONS = 16;

/** Which .pc files pkg-config read for one question: a package's own, and those that it requires. */
export class Answers {
  readonly #byActor: Map<Actor, Map<PathId, (readonly PathId[])[]>> = new Map();

  /** One question was answered from these files. */
  given(actor: Actor, files: readonly PathId[]): void {
    let byFile = this.#byActor.get(actor);
    if (byFile === undefined) {
      byFile = new Map();
      this.#byActor.set(actor, byFile);
    }
    for (const file of files) {
      const known = byFile.get(file);
      if (known === undefined) byFile.set(file, [files]);
      else if (known.length < MOST_QUESTIONS) known.push(files);
    }
  }

  /** The questions of one actor that a file was read for. */
  with(actor: Actor, file: PathId): readonly (readonly PathId[])[] {
    return this.#byActor.get(actor)?.get(file) ?? [];
  }
}
