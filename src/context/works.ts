import type { Mutable } from "../model/mutable.ts";
import type { Work } from "../model/sighting.ts";
import type { Journal } from "./journal.ts";

/**
 * The work that a tracee adds to. An exec goes on with the work of its process: `bindgen x.h > x.rs` is opened by
 * the fork that becomes bindgen. A compiler driver and its children do one work: with -pipe, no file ties what cc1
 * read to what `as` wrote. So does a thread with the process that `near` took it for; but what executes something
 * was no thread.
 */
export function workOf({ tracee, actor, work }: Journal, near: Journal | null): Mutable<Work> {
  if (near === null) return work;
  const stranger = tracee.born === "exec" && near.tracee.born === "unknown";
  const shares = !stranger && (tracee.born !== "fork" || near.actor.tool.driver === true);
  if (!shares) return work;
  near.work.actor = actor;
  return near.work;
}
