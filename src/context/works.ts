import type { Mutable } from "../model/mutable.ts";
import type { Work } from "../model/sighting.ts";
import type { Tracee } from "../model/tracee.ts";
import type { Journal } from "./journal.ts";

/** Finds the work that a tracee adds to. */
export class Works {
  readonly #byTracee: WeakMap<Tracee, Mutable<Work>> = new WeakMap();

  /**
   * An exec goes on with the work of its process: `bindgen x.h > x.rs` is opened by the fork that becomes bindgen.
   * A compiler driver and its children do one work: with -pipe, no file ties what cc1 read to what `as` wrote. So
   * does a thread with the process that `near` took it for; but what executes something was no thread.
   */
  begin({ tracee, actor }: Journal, near: Journal | null): void {
    const above = near === null ? undefined : this.#byTracee.get(near.tracee);
    const stranger = tracee.born === "exec" && near?.tracee.born === "unknown";
    const shares = !stranger && (tracee.born !== "fork" || near?.actor.tool.driver === true);
    if (shares && above !== undefined) above.actor = actor;
    this.#byTracee.set(tracee, shares && above !== undefined ? above : newWork(actor));
  }

  of({ tracee, actor }: Journal): Work {
    const known = this.#byTracee.get(tracee);
    if (known !== undefined) return known;
    const work = newWork(actor);
    this.#byTracee.set(tracee, work);
    return work;
  }
}

function newWork(actor: Journal["actor"]): Mutable<Work> {
  return { actor, inputs: [], sightings: [] };
}
